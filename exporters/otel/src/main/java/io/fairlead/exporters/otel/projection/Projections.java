package io.fairlead.exporters.otel.projection;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The projections by name. */
public final class Projections {

  private static final Map<String, Function<ProjectionOptions, Projection>> BY_NAME =
      Map.of(
          "full", FullProjection::new,
          "gen_ai", GenAiProjection::new,
          "openinference", OpenInferenceProjection::new);

  private Projections() {}

  /** Names in alphabetical order. */
  public static Set<String> names() {
    return new TreeSet<>(BY_NAME.keySet());
  }

  /**
   * A projection.
   *
   * @throws IllegalArgumentException for a name that is not among {@link #names()}
   */
  public static Projection create(String name, ProjectionOptions options) {
    Function<ProjectionOptions, Projection> factory = BY_NAME.get(name);
    if (factory == null) {
      throw new IllegalArgumentException("no projection is named '" + name + "'");
    }
    return factory.apply(options);
  }
}
