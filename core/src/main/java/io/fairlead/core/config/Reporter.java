package io.fairlead.core.config;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.Level;
import io.fairlead.spi.diagnostic.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * Reports what was found in one component or section: knows the area of its codes, the name
 * findings carry and the policy that decides how bad they are.
 */
public final class Reporter {

  private final Findings findings;
  private final String area;
  private final @Nullable String component;
  private final Policy policy;
  private final @Nullable String strictFinding;
  private final boolean strictValues;

  /**
   * A reporter.
   *
   * @param area first part of the codes
   * @param component what findings are about, or null for the document itself
   */
  public Reporter(Findings findings, String area, @Nullable String component, Policy policy) {
    this(findings, area, component, policy, null, false);
  }

  private Reporter(
      Findings findings,
      String area,
      @Nullable String component,
      Policy policy,
      @Nullable String strictFinding,
      boolean strictValues) {
    this.strictValues = strictValues;
    this.findings = findings;
    this.area = area;
    this.component = component;
    this.policy = policy;
    this.strictFinding = strictFinding;
  }

  /** The same for another component or section. */
  public Reporter about(@Nullable String newComponent) {
    return new Reporter(findings, area, newComponent, policy, strictFinding, strictValues);
  }

  /** The same under another policy. */
  public Reporter under(Policy newPolicy) {
    return new Reporter(findings, area, component, newPolicy, strictFinding, strictValues);
  }

  /**
   * The same for a component whose keys and types no policy softens: unknown keys and wrong types
   * are errors of one code, and as in NeMo Relay they name no field.
   *
   * @param finding second part of that code
   * @param values whether that is so of values the spec does not allow too
   */
  public Reporter strict(String finding, boolean values) {
    return new Reporter(findings, area, component, policy, finding, values);
  }

  /** Where the findings go. */
  public Findings findings() {
    return findings;
  }

  /** What findings are about, in the words of a message. */
  public String subject() {
    return component == null ? "the document" : component;
  }

  /** {@code <area>.<finding>}. */
  public String code(String finding) {
    return area + "." + finding;
  }

  /** {@code <area>.unknown_field} at the policy's level. */
  public void unknownField(
      String field, @Nullable SourcePosition at, String message, @Nullable String hint) {
    if (strictFinding == null) {
      byPolicy(policy.unknownField(), "unknown_field", field, at, message, hint);
    } else {
      report(Level.ERROR, code(strictFinding), null, at, message, hint);
    }
  }

  /** {@code <area>.unsupported_value} at the policy's level. */
  public void unsupportedValue(
      String field, @Nullable SourcePosition at, String message, @Nullable String hint) {
    if (strictFinding == null || !strictValues) {
      byPolicy(policy.unsupportedValue(), "unsupported_value", field, at, message, hint);
    } else {
      report(Level.ERROR, code(strictFinding), null, at, message, hint);
    }
  }

  /** {@code <area>.<finding>} at the level of {@code unsupported_value}. */
  public void unsupported(
      String finding,
      String field,
      @Nullable SourcePosition at,
      String message,
      @Nullable String hint) {
    byPolicy(policy.unsupportedValue(), finding, field, at, message, hint);
  }

  /** {@code <area>.<finding>} at the level of {@code unknown_component}. */
  public void unknownComponent(
      String finding,
      @Nullable String field,
      @Nullable SourcePosition at,
      String message,
      @Nullable String hint) {
    byPolicy(policy.unknownComponent(), finding, field, at, message, hint);
  }

  /** {@code <area>.invalid_plugin_config} or the strict code, always an error. */
  public void invalid(
      String field, @Nullable SourcePosition at, String message, @Nullable String hint) {
    if (strictFinding == null) {
      report(Level.ERROR, code("invalid_plugin_config"), field, at, message, hint);
    } else {
      report(Level.ERROR, code(strictFinding), null, at, message, hint);
    }
  }

  /** Any finding at a fixed level. */
  public void report(
      Level level,
      String code,
      @Nullable String field,
      @Nullable SourcePosition at,
      String message,
      @Nullable String hint) {
    findings.add(new Diagnostic(level, code, component, field, message, at, hint));
  }

  private void byPolicy(
      PolicyAction action,
      String finding,
      @Nullable String field,
      @Nullable SourcePosition at,
      String message,
      @Nullable String hint) {
    Level level = action.level();
    if (level != null) {
      report(level, code(finding), field, at, message, hint);
    }
  }
}
