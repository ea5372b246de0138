package io.fairlead.core.validation;

import io.fairlead.core.config.PolicyTable;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;

/** The keys of a document and of its components, as editors are told of them. */
public final class RootSpec {

  /** The root. */
  public static final ConfigSpec SPEC =
      ConfigSpec.of(
          FieldSpec.integer(RootReader.VERSION, "Version of the document.")
              .withDefault(1L)
              .withRange(1, 1),
          FieldSpec.table(
              PolicyTable.KEY,
              "What becomes of things this version does not know.",
              PolicyTable.SPEC),
          FieldSpec.string(
              SettingsReader.DATA_DIR,
              "Where the journal lives; by default the user's directory of state."),
          FieldSpec.integer(
                  SettingsReader.JOURNAL_MAX_BYTES, "The journal never grows beyond this.")
              .withDefault(KernelSettings.DEFAULT.journalMaxBytes())
              .withRange(SettingsReader.MIN_JOURNAL_BYTES, Long.MAX_VALUE),
          FieldSpec.integer(
                  SettingsReader.QUEUE_CAPACITY,
                  "Most events kept in memory where there is no journal.")
              .withDefault((long) KernelSettings.DEFAULT.queueCapacity())
              .withRange(1, SettingsReader.MAX_QUEUE),
          FieldSpec.string(SettingsReader.OVERFLOW, "What a program's event meets in a full log.")
              .withDefault("drop_newest")
              .withAllowed(SettingsReader.OVERFLOW_WORDS.toArray(String[]::new)),
          FieldSpec.tables(RootReader.COMPONENTS, "The components.", ConfigSpec.EMPTY),
          FieldSpec.table(
              RootReader.PLUGINS,
              "Plugins of NeMo Relay, which cannot be loaded.",
              ConfigSpec.of(
                  FieldSpec.tables(
                      "dynamic", "Read for compatibility; no effect.", ConfigSpec.EMPTY),
                  FieldSpec.of(
                      "policy", FieldType.ANY_TABLE, "Read for compatibility; no effect."))));

  /** An entry of {@code components}; its configuration depends on its kind. */
  public static final ConfigSpec COMPONENT =
      ConfigSpec.of(
          FieldSpec.string("kind", "What it is.").asRequired(),
          FieldSpec.string("name", "Tells several components of one kind apart."),
          FieldSpec.bool("enabled", "Whether it is started.").withDefault(true),
          FieldSpec.of("config", FieldType.ANY_TABLE, "Its settings."));

  private RootSpec() {}
}
