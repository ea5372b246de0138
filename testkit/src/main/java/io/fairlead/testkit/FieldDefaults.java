package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.config.Durations;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Checks that the default of a field is a value the field itself would take. */
final class FieldDefaults {

  private static final Map<FieldType, Class<?>> JAVA_TYPES =
      Map.of(
          FieldType.STRING, String.class,
          FieldType.DURATION, String.class,
          FieldType.INTEGER, Long.class,
          FieldType.DECIMAL, BigDecimal.class,
          FieldType.BOOLEAN, Boolean.class,
          FieldType.STRING_LIST, List.class);

  private FieldDefaults() {}

  static void check(String name, FieldSpec field) {
    Object value = field.defaultValue();
    if (value == null) {
      return;
    }
    Class<?> type = JAVA_TYPES.get(field.type());
    if (type != null) {
      assertThat(value).as("default of %s", name).isInstanceOf(type);
    }
    if (field.type() == FieldType.DURATION) {
      assertThat(Durations.parse((String) value)).as("default of %s", name).isNotNull();
    }
    checkAllowed(name, field, value);
    checkRange(name, field, value);
  }

  private static void checkAllowed(String name, FieldSpec field, Object value) {
    if (!field.allowed().isEmpty()) {
      List<?> values = value instanceof List<?> list ? list : List.of(value);
      for (Object element : values) {
        assertThat(field.allowed()).as("default of %s", name).contains((String) element);
      }
    }
  }

  private static void checkRange(String name, FieldSpec field, Object value) {
    if (value instanceof Long number) {
      Long minimum = field.minimum();
      Long maximum = field.maximum();
      assertThat(number)
          .as("default of %s", name)
          .isBetween(
              minimum == null ? Long.MIN_VALUE : minimum,
              maximum == null ? Long.MAX_VALUE : maximum);
    }
  }
}
