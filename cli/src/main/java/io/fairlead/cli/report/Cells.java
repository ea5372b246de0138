package io.fairlead.cli.report;

import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.TokenUsage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as people read them. */
final class Cells {

  static final String UNKNOWN = "-";

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int SHOWN_DECIMALS = 4;
  private static final MathContext SMALL = new MathContext(2, RoundingMode.HALF_EVEN);

  private Cells() {}

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String tokens(long count) {
    return count == TokenUsage.UNKNOWN ? UNKNOWN : number(count);
  }

  /** {@code 12}, or {@code 12 (3 failed)}. */
  static String calls(long calls, long failed) {
    return failed == 0 ? number(calls) : number(calls) + " (" + number(failed) + " failed)";
  }

  static String text(@Nullable String text) {
    return text == null ? UNKNOWN : text;
  }

  static String time(@Nullable Long nanos) {
    return nanos == null ? UNKNOWN : MINUTE.format(Instant.ofEpochSecond(0, nanos));
  }

  /** {@code ~0.0155 USD}: the tilde says that it is an estimate, a plus that calls are missing. */
  static String cost(ModelTotals model) {
    if (model.costs().isEmpty()) {
      return UNKNOWN;
    }
    String amounts =
        model.costs().entrySet().stream().map(Cells::money).collect(Collectors.joining(" + "));
    return model.unpricedCalls() > 0 ? amounts + " +?" : amounts;
  }

  private static String money(Map.Entry<String, ModelTotals.Money> cost) {
    ModelTotals.Money money = cost.getValue();
    String estimated = money.status() == Cost.Status.ESTIMATED ? "~" : "";
    return estimated + amount(money.amount()) + ' ' + cost.getKey();
  }

  static String amount(BigDecimal amount) {
    BigDecimal rounded = amount.setScale(SHOWN_DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 && amount.signum() != 0
        ? amount.round(SMALL).toPlainString()
        : rounded.toPlainString();
  }
}
