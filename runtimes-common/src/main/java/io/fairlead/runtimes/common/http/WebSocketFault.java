package io.fairlead.runtimes.common.http;

import java.io.IOException;

/** A message that is refused; the connection is closed with a code (RFC 6455 section 7.4.1). */
final class WebSocketFault extends IOException {

  static final int NORMAL = 1_000;
  static final int GOING_AWAY = 1_001;
  static final int PROTOCOL = 1_002;
  static final int NOT_TEXT = 1_003;
  static final int BAD_DATA = 1_007;
  static final int TOO_LARGE = 1_009;
  static final int TRY_AGAIN = 1_013;

  private static final long serialVersionUID = 1;

  private final int code;

  WebSocketFault(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }
}
