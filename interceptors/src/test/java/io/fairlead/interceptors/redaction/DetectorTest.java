package io.fairlead.interceptors.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each detector finds, and what it leaves when it masks. */
class DetectorTest {

  private static String redact(Detector detector, String text) {
    return String.valueOf(
        TextAction.replace(detector.pattern(), new Replacement("[X]")).apply(text));
  }

  private static String mask(Detector detector, String text) {
    return String.valueOf(
        TextAction.change(detector.pattern(), found -> detector.mask(found, "*")).apply(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EMAIL                     | to ada@example.org now       | to [X] now        | to a**@example.org now
          EMAIL                     | a@example.org                | [X]               | a@example.org
          PHONE                     | call +1 (555) 010-9999 ok    | call [X] ok       | call +* (***) ***-9999 ok
          API_KEY                   | sk-abcdefgh1234 used         | [X] used          | sk-********1234 used
          IP_ADDRESS                | from 10.20.30.40:80          | from [X]:80       | from ***.***.***.40:80
          IPV6                      | at 2001:db8::8a2e:370:7334   | at [X]            | at ****:****::****:****:7334
          IPV6                      | 2001:db8:1:2:3:4:5:6         | [X]               | ****:****:****:****:****:****:****:6
          URL                       | see https://h.io/p/q?k=v end | see [X] end       | see https://h.io/* end
          UUID                      | id 01a1fcf1-2b92-7843-85c5-9ede5a016691 | id [X] | id ********************************6691
          BEARER_TOKEN              | Authorization: Bearer abcdefghijkl1234 | Authorization: [X] | Authorization: Bearer ************1234
          JWT                       | eyJhbGci.eyJzdWIi.c2lnbmF0dXJl | [X]             | eyJhbGci.********.******F0dXJl
          CREDIT_CARD               | pay 4111 1111 1111 1111 now  | pay [X] now       | pay **** **** **** 1111 now
          AWS_ACCESS_KEY_ID         | AKIAIOSFODNN7EXAMPLE         | [X]               | AKIA************MPLE
          GCP_API_KEY               | AIzaSyA1234567890abcdefghijklmnopqrstuv | [X]    | AIzaSy*****************************stuv
          """)
  void finds(Detector detector, String text, String redacted, String masked) {
    assertThat(redact(detector, text)).isEqualTo(redacted);
    assertThat(mask(detector, text)).isEqualTo(masked);
  }

  @Test
  void longSecrets() {
    String aws = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    assertThat(redact(Detector.AWS_SECRET_ACCESS_KEY, "key " + aws)).isEqualTo("key [X]");
    String azure = "A".repeat(86) + "==";
    assertThat(redact(Detector.AZURE_STORAGE_ACCOUNT_KEY, azure)).isEqualTo("[X]");
    assertThat(mask(Detector.AZURE_STORAGE_ACCOUNT_KEY, azure)).endsWith("*AA==").hasSize(88);
  }

  @Test
  void aCardMistypedIsACardStill() {
    assertThat(redact(Detector.CREDIT_CARD, "pay 4111 1111 1111 1112 now"))
        .isEqualTo("pay [X] now");
  }

  @Test
  void aMaskedAddressShowsNoPassword() {
    assertThat(mask(Detector.URL, "https://me:pw@h.io/p")).isEqualTo("https://h.io/*");
    assertThat(mask(Detector.URL, "https://me:pw@h.io")).isEqualTo("https://h.io");
  }

  @Test
  void whiteSpaceOfEveryScriptSeparates() {
    assertThat(redact(Detector.PHONE, "call 415\u00a0555\u20092671")).isEqualTo("call [X]");
    assertThat(mask(Detector.BEARER_TOKEN, "Bearer\u00a0abcdefghijkl1234"))
        .isEqualTo("Bearer ************1234");
  }

  @Test
  void noCharacterIsCutInTwo() {
    TextAction between = TextAction.replace(Pattern.compile(""), new Replacement("-"));
    assertThat(between.apply("a\ud83d\ude00")).isEqualTo("-a-\ud83d\ude00-");
  }

  @ParameterizedTest
  @EnumSource(Detector.class)
  void ordinaryTextIsLeftAlone(Detector detector) {
    String text = "The tool read 3 files in 12 ms; see README.md, line 7.";
    assertThat(redact(detector, text)).isEqualTo(text);
    assertThat(Detector.ofWireName(detector.wireName())).isEqualTo(detector);
  }
}
