package io.fairlead.runtimes.common.http;

import java.io.IOException;

/** A request that is refused; the connection is closed after the answer. */
final class HttpFault extends IOException {

  private static final long serialVersionUID = 1;

  private final int status;

  HttpFault(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
