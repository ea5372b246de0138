package io.fairlead.core.observability;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does to a text what a step does to a tree. */
final class StepText {

  private final SectionText text;
  private final Function<String, @Nullable String> environment;
  private final List<Diagnostic> notes = new ArrayList<>();

  StepText(SectionText text, Function<String, @Nullable String> environment) {
    this.text = text;
    this.environment = environment;
  }

  /** What a person should know. */
  List<Diagnostic> notes() {
    return List.copyOf(notes);
  }

  /**
   * Replays a step.
   *
   * @param config the tree before the step
   * @return the tree after it
   */
  ConfigNode.Table replay(Step step, ConfigNode.Table config) throws Migration.UnknownShape {
    ConfigNode.Table after = step.apply(config, environment);
    ConfigNode.Table section = Tables.table(config, step.section());
    if (section == null) {
      return after;
    }
    if (step instanceof Step.Default set) {
      set(set.section(), set.key(), after);
    } else if (step instanceof Step.DefaultAddress set) {
      if (section.get(set.key()) == null) {
        set(set.section(), set.key(), after);
        note(
            "observability.address_written",
            section,
            "'"
                + set.section()
                + "' had no address: the one it has by default on this machine is written",
            set.section());
      }
    } else if (step instanceof Step.Wrap wrap) {
      text.wrap(wrap.section(), wrap.keys(), wrap.list(), wrap.type());
    } else if (step instanceof Step.MoveElements move) {
      refuseInline(move, section);
      text.moveElements(move.section(), move.from(), move.to(), move.type());
    } else if (step instanceof Step.Join join) {
      join(join, config, section);
    } else {
      throw new Migration.UnknownShape("no text can follow this change");
    }
    return after;
  }

  private void refuseInline(Step.MoveElements move, ConfigNode.Table section)
      throws Migration.UnknownShape {
    ConfigNode list = section.get(move.from());
    if (list != null && text.main(move.section()).says(move.from())) {
      throw new Migration.UnknownShape(
          Migration.line(list.position())
              + "'"
              + move.from()
              + "' is not laid out under headers [[components.config."
              + move.section()
              + "."
              + move.from()
              + "]]; write it so first");
    }
  }

  private void set(String section, String key, ConfigNode.Table after) {
    ConfigNode.Table table = Tables.table(after, section);
    if (!text.says(section, key)
        && table != null
        && table.get(key) instanceof ConfigNode.Text value) {
      text.add(section, key, value.value());
    }
  }

  /**
   * Makes comments of what the step would drop, before anything else changes it.
   *
   * @return the tree without it
   */
  ConfigNode.Table dropIdle(Step.Join join, ConfigNode.Table config) {
    ConfigNode.Table source = Tables.table(config, join.from());
    ConfigNode.Table target = Tables.table(config, join.into());
    if (source == null) {
      return config;
    }
    if (!Tables.enabled(source)) {
      return dropped(join.from(), source, config);
    }
    return target != null && !Tables.enabled(target)
        ? dropped(join.into(), target, config)
        : config;
  }

  private ConfigNode.Table dropped(
      String section, ConfigNode.Table table, ConfigNode.Table config) {
    note(
        "observability.section_dropped",
        table,
        "'" + section + "' is disabled and has no place in the new generation: it is a comment now",
        section);
    text.drop(section);
    return Tables.without(config, section);
  }

  private void join(Step.Join join, ConfigNode.Table config, ConfigNode.Table source) {
    if (Tables.table(config, join.into()) == null) {
      text.rename(join.from(), join.into());
    } else if (text.join(join.from(), join.into(), join.list())) {
      note(
          "observability.keys_dropped",
          source,
          "'" + join.from() + "' has keys no generation knows: they are comments now",
          join.from());
    }
  }

  private void note(String code, ConfigNode at, String message, String section) {
    notes.add(Diagnostic.warning(code, section, message).at(at.position()));
  }
}
