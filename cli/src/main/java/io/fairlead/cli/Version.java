package io.fairlead.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the program. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"fairlead " + (version == null ? "development" : version)};
  }
}
