package io.fairlead.spi;

/** Version of this interface. */
public final class SpiVersion {

  /**
   * Rises when a plugin compiled against an older version cannot work any more. A compile-time
   * constant on purpose: a plugin carries the number it was compiled with.
   */
  public static final int MAJOR = 1;

  private SpiVersion() {}
}
