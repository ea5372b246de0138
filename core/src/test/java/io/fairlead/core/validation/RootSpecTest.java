package io.fairlead.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.config.SpecValidator;
import org.junit.jupiter.api.Test;

class RootSpecTest {

  @Test
  void declaresTheKeysThatAreRead() {
    assertThat(SpecValidator.names(RootSpec.SPEC))
        .containsExactlyInAnyOrderElementsOf(RootReader.KEYS);
    assertThat(SpecValidator.names(RootSpec.COMPONENT))
        .containsExactlyElementsOf(RootReader.COMPONENT_KEYS);
  }
}
