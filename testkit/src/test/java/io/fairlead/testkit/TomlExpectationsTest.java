package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import io.fairlead.testkit.TomlExpectations.Expectation;
import java.util.List;
import org.junit.jupiter.api.Test;

class TomlExpectationsTest {

  private static final String DOCUMENT =
      """
      # a remark
      # expect: policy.unknown_field 4:1
      # expect: plugin.unknown_component
      """;

  private static final Diagnostic FIELD =
      Diagnostic.error("policy.unknown_field", null, "m").at(new SourcePosition("f", 4, 1));
  private static final Diagnostic COMPONENT =
      Diagnostic.warning("plugin.unknown_component", null, "m");

  @Test
  void readsCodesAndPlaces() {
    assertThat(TomlExpectations.parse(DOCUMENT))
        .containsExactly(
            new Expectation("policy.unknown_field", 4, 1),
            new Expectation("plugin.unknown_component", 0, 0));
  }

  @Test
  void takesTheExpectedFindingsInAnyOrder() {
    TomlExpectations.assertMatches(DOCUMENT, List.of(COMPONENT, FIELD));
  }

  @Test
  void failsForAMissingAMisplacedAndASurplusFinding() {
    Diagnostic misplaced = FIELD.at(new SourcePosition("f", 4, 2));
    for (List<Diagnostic> findings :
        List.of(
            List.of(FIELD), List.of(misplaced, COMPONENT), List.of(FIELD, COMPONENT, COMPONENT))) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> TomlExpectations.assertMatches(DOCUMENT, findings));
    }
  }

  @Test
  void refusesACommentThatOnlyLooksLikeAnExpectation() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TomlExpectations.parse("# expects: some.code"))
        .withMessageContaining("some.code");
  }
}
