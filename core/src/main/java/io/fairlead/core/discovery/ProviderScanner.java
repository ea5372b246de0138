package io.fairlead.core.discovery;

import io.fairlead.core.fault.Words;
import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.InterceptorProvider;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.SecretProvider;
import io.fairlead.spi.SpiVersion;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds providers through {@link ServiceLoader}. A provider that cannot be used is a finding that
 * names its JAR and never keeps another from being found. Providers are made, which they are cheap
 * for by contract; nothing of them is started.
 */
public final class ProviderScanner {

  private static final List<Class<? extends ComponentProvider>> SERVICES =
      List.of(
          PricingProvider.class,
          InterceptorProvider.class,
          ExporterProvider.class,
          RuntimeAdapterProvider.class);

  /** A class path that fails this often in a row is not going to get better (JDK-8196182). */
  private static final int MOST_FAILURES = 100;

  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_]*");

  private final List<ClassLoader> loaders;

  /** A scanner of what these class loaders see; the first to claim a kind has it. */
  public ProviderScanner(ClassLoader... loaders) {
    this.loaders = List.of(loaders);
  }

  /** Looks once. */
  public ComponentCatalog scan() {
    Search search = new Search();
    for (ClassLoader loader : loaders) {
      for (Class<? extends ComponentProvider> service : SERVICES) {
        search.services(service, loader);
      }
    }
    return new ComponentCatalog(List.copyOf(search.byKind.values()), search.findings);
  }

  /**
   * Looks for providers of secrets. One that cannot be used is left out: a reference that needs it
   * then stays unresolved, which is reported where it stands.
   */
  public List<SecretProvider> secretProviders() {
    List<SecretProvider> found = new ArrayList<>();
    for (ClassLoader loader : loaders) {
      Iterator<SecretProvider> providers =
          ServiceLoader.load(SecretProvider.class, loader).iterator();
      for (int failures = 0; failures < MOST_FAILURES; ) {
        try {
          if (!providers.hasNext()) {
            break;
          }
          found.add(providers.next());
        } catch (ServiceConfigurationError | LinkageError e) {
          failures++;
        }
      }
    }
    return found;
  }

  /** Where a class came from, for people: its JAR or directory. */
  public static String locationOf(Class<?> type) {
    var source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return String.valueOf(type.getModule());
    }
    String location = source.getLocation().toString();
    return location.startsWith("file:") ? location.substring("file:".length()) : location;
  }

  private static final class Search {

    private final Map<String, ComponentCatalog.Entry> byKind = new LinkedHashMap<>();
    private final List<Diagnostic> findings = new ArrayList<>();
    private final Set<Class<?>> seen = new HashSet<>();

    <T extends ComponentProvider> void services(Class<T> service, ClassLoader loader) {
      Iterator<ServiceLoader.Provider<T>> candidates =
          ServiceLoader.load(service, loader).stream().iterator();
      int failures = 0;
      while (failures < MOST_FAILURES) {
        try {
          if (!candidates.hasNext()) {
            return;
          }
          candidate(candidates.next());
          failures = 0;
        } catch (ServiceConfigurationError | LinkageError e) {
          failures++;
          // The message names the provider's class; there is no class yet to ask for its JAR.
          loadFailed(e.getMessage() == null ? service.getName() : e.getMessage(), e);
        }
      }
    }

    private void candidate(ServiceLoader.Provider<? extends ComponentProvider> candidate) {
      Class<?> type = candidate.type();
      if (!seen.add(type)) {
        return;
      }
      String location = locationOf(type);
      String subject = type.getName() + " of " + location;
      try {
        ComponentProvider provider = candidate.get();
        if (compatible(provider, subject)) {
          claim(provider.kind(), provider, location, subject);
        }
      } catch (Exception | ServiceConfigurationError | LinkageError e) {
        loadFailed(subject, e);
      }
    }

    private boolean compatible(ComponentProvider provider, String subject) {
      int major = provider.spiMajor();
      if (major == SpiVersion.MAJOR) {
        return true;
      }
      findings.add(
          Diagnostic.warning(
                  "plugin.incompatible_spi",
                  null,
                  subject
                      + " was built for version "
                      + major
                      + " of the plugin interface; this is version "
                      + SpiVersion.MAJOR
                      + ".")
              .withHint("Use a version of the plugin that was built for this one."));
      return false;
    }

    private void claim(String kind, ComponentProvider provider, String location, String subject) {
      if (!KIND.matcher(kind).matches()) {
        throw new IllegalArgumentException("its kind '" + kind + "' is not a valid name");
      }
      ComponentCatalog.Entry first =
          byKind.putIfAbsent(kind, new ComponentCatalog.Entry(kind, provider, location));
      if (first != null) {
        findings.add(
            Diagnostic.warning(
                    "plugin.duplicate_provider",
                    kind,
                    "The kind '"
                        + kind
                        + "' is claimed twice: by "
                        + first.provider().getClass().getName()
                        + " of "
                        + first.location()
                        + ", which is used, and by "
                        + subject
                        + ", which is not.")
                .withHint("Remove one of the two."));
      }
    }

    private void loadFailed(String subject, Throwable thrown) {
      Throwable cause = thrown;
      while (cause instanceof ServiceConfigurationError && cause.getCause() != null) {
        cause = cause.getCause();
      }
      String why = cause instanceof ServiceConfigurationError ? "" : ": " + Words.of(cause);
      findings.add(
          Diagnostic.warning(
                  "plugin.load_failed", null, "A plugin cannot be used: " + subject + why)
              .withHint("Remove the JAR, or put what it needs beside it."));
    }
  }
}
