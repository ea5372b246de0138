package io.fairlead.core.observability;

import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hosts of web addresses as the URL standard of the WHATWG reads them, which is how Relay and HTTP
 * clients read them: {@code 127.1}, {@code 0x7f000001} and {@code 127.0.0.1} are one host. Nothing
 * is ever looked up.
 */
final class WebHost {

  private static final String FORBIDDEN = " #/:<>?@[\\]^|%";
  private static final Pattern ADDRESS_6 = Pattern.compile("\\[([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)]");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

  private WebHost() {}

  /** The host in its one spelling, or null when it is none. */
  static @Nullable String canonical(String written) {
    if (written.startsWith("[")) {
      return address6(written);
    }
    String host = ascii(written);
    if (host == null || host.isEmpty() || hasForbidden(host)) {
      return null;
    }
    String last = lastLabel(host);
    return NUMBER.matcher(last).matches() ? address4(host) : host;
  }

  /** Whether a canonical host is this machine by its name or address. */
  static boolean isLoopback(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || host.equals("[0:0:0:0:0:0:0:1]")
        || (host.startsWith("127.") && NUMBER.matcher(lastLabel(host)).matches());
  }

  private static @Nullable String address6(String written) {
    Matcher bracketed = ADDRESS_6.matcher(written);
    if (!bracketed.matches()) {
      return null;
    }
    try {
      InetAddress address = InetAddress.getByName(bracketed.group(1));
      String text = address.getHostAddress();
      return address instanceof Inet6Address ? "[" + text + "]" : "[::ffff:" + text + "]";
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static @Nullable String ascii(String written) {
    try {
      String decoded =
          written.indexOf('%') < 0
              ? written
              : URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
      boolean plain = decoded.chars().allMatch(c -> c < 128);
      return (plain ? decoded : IDN.toASCII(decoded, IDN.ALLOW_UNASSIGNED))
          .toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean hasForbidden(String host) {
    return host.chars().anyMatch(c -> c < ' ' || c == 127 || FORBIDDEN.indexOf(c) >= 0);
  }

  private static String lastLabel(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Up to four numbers, the last of which fills what is left of the four bytes. */
  private static @Nullable String address4(String host) {
    String[] parts =
        (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).split("\\.", -1);
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      long part = parts.length > 4 ? -1 : number(parts[i]);
      boolean last = i == parts.length - 1;
      if (part < 0 || part >= (last ? 1L << (8 * (4 - i)) : 256)) {
        return null;
      }
      address += last ? part : part << (8 * (3 - i));
    }
    return (address >> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  private static long number(String text) {
    if (!NUMBER.matcher(text).matches() || text.length() > 16) {
      return -1;
    }
    String digits = text.toLowerCase(Locale.ROOT);
    try {
      if (digits.startsWith("0x")) {
        return digits.length() == 2 ? 0 : Long.parseLong(digits.substring(2), 16);
      }
      return Long.parseLong(digits, digits.length() > 1 && digits.startsWith("0") ? 8 : 10);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
