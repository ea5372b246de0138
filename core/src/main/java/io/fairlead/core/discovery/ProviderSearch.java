package io.fairlead.core.discovery;

import io.fairlead.core.fault.Words;
import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.InterceptorProvider;
import io.fairlead.spi.SecretProvider;
import io.fairlead.spi.SpiVersion;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One search for providers. */
final class ProviderSearch {

  /** A class path that fails this often in a row is not going to get better (JDK-8196182). */
  private static final int MOST_FAILURES = 100;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Set<String> OWN_SCHEMES = Set.of("env", "file");

  private final List<ComponentCatalog.Entry> candidates = new ArrayList<>();
  private final Map<String, ComponentCatalog.Secrets> secrets = new LinkedHashMap<>();
  private final List<Diagnostic> findings = new ArrayList<>();
  private final Set<Class<?>> seen = new HashSet<>();
  private int looked;

  void report(Diagnostic finding) {
    findings.add(finding);
  }

  /** A plugin begins. */
  void begin() {
    looked = 0;
  }

  /** A plugin that offers nothing does not lie there for nothing. */
  void end(IsolatedPlugin plugin) {
    if (looked == 0) {
      findings.add(
          Diagnostic.warning(
                  IsolatedPlugin.NO_PROVIDER,
                  null,
                  "The plugin " + plugin.path() + " offers no provider.")
              .withHint("Its JAR needs META-INF/services/<provider interface>."));
    }
  }

  /** Makes every provider of a service that a class loader shows. */
  void services(Class<?> service, ClassLoader loader, @Nullable IsolatedPlugin plugin) {
    try {
      PluginContext.call(
          loader,
          () -> {
            each(ServiceLoader.load(service, loader).stream().iterator(), service, plugin);
            return true;
          });
    } catch (Exception e) {
      loadFailed(service.getName(), plugin, e);
    }
  }

  private void each(
      Iterator<? extends ServiceLoader.Provider<?>> found,
      Class<?> service,
      @Nullable IsolatedPlugin plugin) {
    int failures = 0;
    while (failures < MOST_FAILURES) {
      try {
        if (!found.hasNext()) {
          return;
        }
        candidate(found.next(), plugin);
        failures = 0;
      } catch (ServiceConfigurationError | LinkageError e) {
        failures++;
        looked++;
        // The message names the provider's class; there is no class yet to ask for its JAR.
        String subject = e.getMessage() == null ? service.getName() : e.getMessage();
        loadFailed(plugin == null ? subject : subject + " of " + plugin.path(), plugin, e);
      }
    }
  }

  private void candidate(ServiceLoader.Provider<?> candidate, @Nullable IsolatedPlugin plugin) {
    looked++;
    Class<?> type = candidate.type();
    if (!seen.add(type)) {
      return;
    }
    String location = plugin == null ? PluginOrigin.locationOf(type) : plugin.path().toString();
    String subject = type.getName() + " of " + PluginOrigin.locationOf(type);
    try {
      Object made = candidate.get();
      if (made instanceof ComponentProvider provider) {
        component(provider, location, subject, plugin != null);
      } else if (made instanceof SecretProvider provider) {
        secret(provider, location, subject, plugin != null);
      }
    } catch (Throwable e) { // a plugin may throw anything
      loadFailed(subject, plugin, e);
    }
  }

  private void component(
      ComponentProvider provider, String location, String subject, boolean isolated) {
    if (!compatible(provider, subject)) {
      return;
    }
    String kind = valid(provider.kind(), "kind");
    // What is constant must not fail later, when it is asked for in passing.
    Objects.requireNonNull(provider.version(), "version");
    Objects.requireNonNull(provider.stability(), "stability");
    provider.repeatable();
    if (provider instanceof InterceptorProvider interceptor) {
      interceptor.onByDefault();
    }
    candidates.add(new ComponentCatalog.Entry(kind, provider, location, isolated));
  }

  private void secret(SecretProvider provider, String location, String subject, boolean isolated) {
    String scheme = valid(provider.scheme(), "scheme");
    ComponentCatalog.Secrets first = secrets.get(scheme);
    if (first == null && !OWN_SCHEMES.contains(scheme)) {
      secrets.put(
          scheme,
          new ComponentCatalog.Secrets(new GuardedSecrets(provider, scheme), location, isolated));
      return;
    }
    String owner =
        first != null && first.provider() instanceof GuardedSecrets other
            ? nameOf(other.plugin())
            : "Fairlead";
    taken(null, "The scheme '" + scheme + "'", owner, subject);
  }

  private static String valid(String name, String what) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("its " + what + " '" + name + "' is not a valid name");
    }
    return name;
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

  /**
   * What was found, each kind given to the one that has the first right to it. Fairlead's own may
   * have an exporter and another component of one kind; nobody else may stand beside another's.
   */
  ComponentCatalog catalog(PluginLibrary library) {
    Map<String, ComponentCatalog.Entry> byKind = new LinkedHashMap<>();
    List<ComponentCatalog.Entry> beside = new ArrayList<>();
    for (ComponentCatalog.Entry candidate : candidates) {
      if (PluginOrigin.isBuiltIn(candidate.provider().getClass())) {
        ComponentCatalog.Entry first = byKind.get(candidate.kind());
        if (first != null && first.isExporter() != candidate.isExporter()) {
          beside.add(candidate);
        } else {
          claim(byKind, candidate);
        }
      }
    }
    for (ComponentCatalog.Entry candidate : candidates) {
      if (!PluginOrigin.isBuiltIn(candidate.provider().getClass())) {
        claim(byKind, candidate);
      }
    }
    beside.addAll(byKind.values());
    return new ComponentCatalog(beside, List.copyOf(secrets.values()), findings, library);
  }

  private void claim(Map<String, ComponentCatalog.Entry> byKind, ComponentCatalog.Entry candidate) {
    String kind = candidate.kind();
    ComponentCatalog.Entry first = byKind.putIfAbsent(kind, candidate);
    if (first != null) {
      taken(
          kind, "The kind '" + kind + "'", nameOf(first.provider()), nameOf(candidate.provider()));
    }
  }

  private static String nameOf(Object provider) {
    return provider.getClass().getName() + " of " + PluginOrigin.locationOf(provider.getClass());
  }

  private void taken(@Nullable String component, String what, String first, String second) {
    findings.add(
        Diagnostic.warning(
                "plugin.duplicate_provider",
                component,
                what
                    + " is claimed twice: by "
                    + first
                    + ", which is used, and by "
                    + second
                    + ", which is not.")
            .withHint("Remove one of the two."));
  }

  private void loadFailed(String subject, @Nullable IsolatedPlugin plugin, Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof ServiceConfigurationError && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String why = cause instanceof ServiceConfigurationError ? "" : ": " + Words.of(cause);
    String hidden = PluginOrigin.hintForHiddenClass(plugin == null ? null : plugin.loader(), cause);
    findings.add(
        Diagnostic.warning(
                ProviderScanner.LOAD_FAILED, null, "A plugin cannot be used: " + subject + why)
            .withHint(hidden != null ? hidden : "Remove the JAR, or put what it needs beside it."));
  }
}
