package io.fairlead.core.observability;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Valid documents of the older generations in the shapes people write. */
final class RandomDocument {

  private static final String CONFIG = "components.config.";

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private int comments;
  private int ports = 4000;

  RandomDocument(Random random) {
    this.random = random;
  }

  /** The comments of a text, for what must stay. */
  static List<String> comments(String text) {
    return text.lines()
        .filter(line -> line.contains("# note"))
        .map(line -> line.substring(line.indexOf("# note")))
        .toList();
  }

  String text() {
    int version = 1 + random.nextInt(3);
    maybe("version = 1");
    line("");
    if (random.nextBoolean()) {
      line("[[components]]");
      line("kind = \"unheard-of\"");
      maybe("[components.config.opentelemetry]");
    }
    line("[[components]]");
    comment();
    line("kind = \"observability\"");
    line("[components.config]");
    line("version = " + version + (random.nextBoolean() ? "  # note here" : ""));
    List<Runnable> sections = new ArrayList<>();
    sections.add(() -> atof(version));
    sections.add(() -> line("[" + CONFIG + "atif]\nenabled = false"));
    if (version < 3) {
      sections.add(() -> flat("opentelemetry", version));
      sections.add(() -> flat("openinference", version));
    } else {
      sections.add(this::typed);
    }
    Collections.shuffle(sections, random);
    sections.subList(0, 1 + random.nextInt(sections.size())).forEach(Runnable::run);
    if (random.nextBoolean()) {
      line("");
      line("[policy]");
      line("unknown_component = \"ignore\"");
    }
    return random.nextBoolean() ? text.toString() : text.toString().stripTrailing();
  }

  private void flat(String section, int version) {
    List<String> lines = new ArrayList<>();
    lines.add("enabled = " + random.nextBoolean());
    String address = "endpoint = \"http://localhost:" + ports++ + "/v1/traces\" # note inline";
    if (section.equals("openinference")) {
      // Two without an address would go to one place, which later generations do not allow.
      lines.add(address);
    } else {
      optional(lines, address);
    }
    optional(lines, "transport = \"http_binary\"");
    optional(lines, "\"service_name\" = 'agent # no comment'");
    optional(lines, "timeout_millis = 1_000");
    if (version == 2) {
      optional(lines, "mark_exclude_names = [\n  \"a\", # note ]\n  \"]\",\n]");
    }
    List<String> inner = new ArrayList<>();
    if (random.nextBoolean()) {
      optional(lines, "headers = { a = \"1\", b = \"}\" }");
    } else {
      inner.add("headers]\na = \"x\"\n\"b.c\" = \"y\"");
    }
    if (random.nextBoolean()) {
      optional(lines, "resource_attributes.\"a.b\" = \"c\"");
    } else {
      inner.add("resource_attributes]\nenv = \"\"\"a\n[no.header]\n\"\"\"");
    }
    Collections.shuffle(lines, random);
    Collections.shuffle(inner, random);
    section(section, lines, inner);
    if (version == 2 && random.nextBoolean()) {
      line("[[" + CONFIG + section + ".attribute_mappings]]");
      line("key = \"a\"\nalias = \"b\"");
    }
  }

  private void atof(int version) {
    List<String> lines = new ArrayList<>(List.of("enabled = " + random.nextBoolean()));
    if (version > 1) {
      section("atof", lines, List.of());
      sink();
      return;
    }
    optional(lines, "output_directory = \"/tmp\"");
    optional(lines, "mode = \"append\"");
    Collections.shuffle(lines, random);
    section("atof", lines, List.of());
    for (int i = random.nextInt(3); i > 0; i--) {
      comment();
      line("[[" + CONFIG + "atof.endpoints]] # note header");
      line("url = \"http://localhost:" + ports++ + "/\"");
      maybe("[" + CONFIG + "atof.endpoints.headers]\nh = \"1\"");
    }
  }

  private void sink() {
    line("[[" + CONFIG + "atof.sinks]]");
    line("type = \"file\"");
  }

  private void typed() {
    section("opentelemetry", List.of("enabled = true"), List.of());
    line("[[" + CONFIG + "opentelemetry." + (random.nextBoolean() ? "traces" : "endpoints") + "]]");
    line("type = \"gen_ai\"\nendpoint = \"http://localhost:" + ports++ + "\"");
  }

  private void section(String section, List<String> lines, List<String> inner) {
    if (random.nextBoolean()) {
      line("");
    }
    comment();
    line("[" + CONFIG + section + "]");
    for (String line : lines) {
      comment();
      line(line);
    }
    for (String table : inner) {
      line("[" + CONFIG + section + "." + table);
    }
  }

  private void optional(List<String> lines, String line) {
    if (random.nextBoolean()) {
      lines.add(line);
    }
  }

  private void maybe(String line) {
    if (random.nextBoolean()) {
      line(line);
    }
  }

  private void comment() {
    if (random.nextInt(3) == 0) {
      line("# note " + comments++);
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
