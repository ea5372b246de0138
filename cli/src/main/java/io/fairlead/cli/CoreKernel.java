package io.fairlead.cli;

import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.config.ConfigNode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@link Kernel} by Fairlead's own core: the only class of the command line that knows its doors.
 */
final class CoreKernel implements Kernel {

  private final Host host;

  CoreKernel(Host host) {
    this.host = host;
  }

  @Override
  public Document load(Path file) {
    throw new UnsupportedOperationException("no kernel for " + host);
  }

  @Override
  public Document of(ConfigNode.Table table) {
    throw new UnsupportedOperationException("no kernel for " + host);
  }

  @Override
  public ComponentCatalog catalog(@Nullable Path pluginsDir) {
    return new ComponentCatalog(List.of(), List.of());
  }

  @Override
  public String text(ValidationReport report) {
    return report.toString();
  }

  @Override
  public String json(ValidationReport report) {
    return report.toString();
  }
}
