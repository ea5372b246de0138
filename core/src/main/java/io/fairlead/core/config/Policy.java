package io.fairlead.core.config;

/**
 * A {@code [policy]} table.
 *
 * @param unknownComponent for kinds nobody stands behind
 * @param unknownField for keys nobody declared
 * @param unsupportedValue for values and versions nobody supports
 */
public record Policy(
    PolicyAction unknownComponent, PolicyAction unknownField, PolicyAction unsupportedValue) {

  /** The policy of a document without one. */
  public static final Policy DEFAULT =
      new Policy(PolicyAction.WARN, PolicyAction.WARN, PolicyAction.ERROR);

  /**
   * The policy in force inside a component of this document: what the document sets differently
   * from the default wins, else the component's own word counts.
   */
  public Policy inside(Policy component) {
    return new Policy(
        stronger(unknownComponent, DEFAULT.unknownComponent, component.unknownComponent),
        stronger(unknownField, DEFAULT.unknownField, component.unknownField),
        stronger(unsupportedValue, DEFAULT.unsupportedValue, component.unsupportedValue));
  }

  private static PolicyAction stronger(
      PolicyAction document, PolicyAction standard, PolicyAction component) {
    return document == standard ? component : document;
  }
}
