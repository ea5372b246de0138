package io.fairlead.core.pricing;

import io.fairlead.spi.config.ConfigNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A rule of genai-prices for names; the names it is given are lower case. */
final class MatchRule implements Predicate<String> {

  private static final int MAX_DEPTH = 8;
  private static final int MAX_PATTERN = 500;

  /** Rules that compare with a text. */
  private static final Map<String, BiPredicate<String, String>> COMPARISONS =
      Map.of(
          "equals", String::equals,
          "starts_with", String::startsWith,
          "ends_with", String::endsWith,
          "contains", String::contains);

  private final Predicate<String> predicate;
  private final Set<String> exactNames;
  private final boolean exact;

  private MatchRule(Predicate<String> predicate, Set<String> exactNames, boolean exact) {
    this.predicate = predicate;
    this.exactNames = exactNames;
    this.exact = exact;
  }

  /** Reads a rule; null when it is none. */
  static @Nullable MatchRule parse(ConfigNode node) {
    return parse(node, 0);
  }

  /** Names the rule takes for certain. */
  Set<String> exactNames() {
    return exactNames;
  }

  /** Whether it takes no other names than the exact ones. */
  boolean isExact() {
    return exact;
  }

  @Override
  public boolean test(String name) {
    return predicate.test(name);
  }

  private static @Nullable MatchRule parse(ConfigNode node, int depth) {
    if (!(node instanceof ConfigNode.Table table)
        || table.entries().size() != 1
        || depth > MAX_DEPTH) {
      return null;
    }
    String kind = table.entries().keySet().iterator().next();
    ConfigNode operand = table.get(kind);
    return switch (kind) {
      case "or", "and" -> combined(kind, Nodes.elements(operand), depth);
      case "regex" -> regex(Nodes.text(operand));
      default -> comparison(kind, Nodes.text(operand));
    };
  }

  private static @Nullable MatchRule comparison(String kind, @Nullable String text) {
    BiPredicate<String, String> comparison = COMPARISONS.get(kind);
    if (comparison == null || text == null) {
      return null;
    }
    String operand = text.toLowerCase(Locale.ROOT);
    boolean equality = kind.equals("equals");
    return new MatchRule(
        name -> comparison.test(name, operand), equality ? Set.of(operand) : Set.of(), equality);
  }

  private static @Nullable MatchRule regex(@Nullable String text) {
    if (text == null || text.length() > MAX_PATTERN) {
      return null;
    }
    try {
      return new MatchRule(Pattern.compile(text).asPredicate(), Set.of(), false);
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  private static @Nullable MatchRule combined(String kind, List<ConfigNode> nodes, int depth) {
    List<MatchRule> rules = new ArrayList<>();
    for (ConfigNode node : nodes) {
      MatchRule rule = parse(node, depth + 1);
      if (rule == null) {
        return null;
      }
      rules.add(rule);
    }
    if (rules.isEmpty()) {
      return null;
    }
    if (kind.equals("and")) {
      return new MatchRule(
          name -> rules.stream().allMatch(rule -> rule.test(name)), Set.of(), false);
    }
    Set<String> names = new HashSet<>();
    rules.forEach(rule -> names.addAll(rule.exactNames()));
    return new MatchRule(
        name -> rules.stream().anyMatch(rule -> rule.test(name)),
        Set.copyOf(names),
        rules.stream().allMatch(MatchRule::isExact));
  }
}
