package io.fairlead.interceptors.redaction;

/** The check digit of payment cards (ISO/IEC 7812-1, annex B). */
final class Luhn {

  private Luhn() {}

  static boolean holds(String number) {
    int sum = 0;
    boolean doubled = false;
    for (int i = number.length() - 1; i >= 0; i--) {
      int digit = number.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        continue;
      }
      int value = doubled ? digit * 2 : digit;
      sum += value > 9 ? value - 9 : value;
      doubled = !doubled;
    }
    return sum % 10 == 0;
  }
}
