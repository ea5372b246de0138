package io.fairlead.exporters.files.atif;

import static io.fairlead.exporters.files.atif.AtifSpec.AGENT_NAME;
import static io.fairlead.exporters.files.atif.AtifSpec.AGENT_VERSION;
import static io.fairlead.exporters.files.atif.AtifSpec.ENDPOINT;
import static io.fairlead.exporters.files.atif.AtifSpec.EXTRA;
import static io.fairlead.exporters.files.atif.AtifSpec.FILENAME_TEMPLATE;
import static io.fairlead.exporters.files.atif.AtifSpec.HTTP;
import static io.fairlead.exporters.files.atif.AtifSpec.MAX_OPEN_BYTES;
import static io.fairlead.exporters.files.atif.AtifSpec.MODEL_NAME;
import static io.fairlead.exporters.files.atif.AtifSpec.OUTPUT_DIRECTORY;
import static io.fairlead.exporters.files.atif.AtifSpec.S3;
import static io.fairlead.exporters.files.atif.AtifSpec.STORAGE;
import static io.fairlead.exporters.files.atif.AtifSpec.TOOL_DEFINITIONS;
import static io.fairlead.exporters.files.atif.AtifSpec.TYPE;

import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.exporters.files.http.Remote;
import io.fairlead.exporters.files.s3.S3Bucket;
import io.fairlead.exporters.files.s3.S3Fault;
import io.fairlead.exporters.files.s3.S3Settings;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Level;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Kind {@code atif}: trajectories in ATIF v1.7, as files, posted to servers, or put into buckets.
 */
public final class AtifExporterProvider implements ExporterProvider {

  private static final String BUCKET = "bucket";

  /** Called by the service loader. */
  public AtifExporterProvider() {}

  @Override
  public String kind() {
    return "atif";
  }

  @Override
  public ConfigSpec configSpec() {
    return AtifSpec.SECTION;
  }

  @Override
  public void validate(ConfigView config, ValidationContext context) {
    if (!isPath(config.string(OUTPUT_DIRECTORY))) {
      context.unsupportedValue(
          OUTPUT_DIRECTORY, config.node(OUTPUT_DIRECTORY), "this is no path of this system", null);
    }
    List<ConfigView> storages = config.tables(STORAGE);
    for (int i = 0; i < storages.size(); i++) {
      ConfigView storage = storages.get(i);
      String type = storage.stringOrNull(TYPE);
      if (S3.equals(type)) {
        validateBucket(storage, storageName(i), context);
      } else if (HTTP.equals(type) && storage.stringOrNull(ENDPOINT) == null) {
        context.unsupportedValue(
            storageName(i) + "." + ENDPOINT, null, "a storage over HTTP needs an endpoint", null);
      }
    }
  }

  private static void validateBucket(ConfigView storage, String name, ValidationContext context) {
    if (storage.stringOrNull(BUCKET) == null) {
      context.unsupportedValue(name + "." + BUCKET, null, "a storage in S3 needs a bucket", null);
      return;
    }
    try {
      if (S3Settings.read(storage, context::environment).credentials() == null) {
        context.report(
            Level.WARNING,
            "observability.feature_disabled",
            name + "." + TYPE,
            storage.node(TYPE),
            "nobody says with which key to write to the bucket; it is skipped",
            "set access_key_id and secret_access_key_var, or AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY; keys that a machine or a role lends are not looked for");
      }
    } catch (S3Fault e) {
      context.unsupportedValue(
          name + "." + e.field(),
          storage.node(e.field()),
          Objects.requireNonNull(e.getMessage()),
          null);
    }
  }

  private static boolean isPath(String text) {
    try {
      return !Path.of(text).toString().isEmpty();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public List<Subscriber> create(ComponentContext context) throws IOException {
    ConfigView config = context.config();
    LocalFiles local = new LocalFiles(Path.of(config.string(OUTPUT_DIRECTORY)));
    List<Destination> destinations = destinations(config.tables(STORAGE), context);
    if (destinations.isEmpty()) {
      destinations.add(local);
    }
    Delivery delivery =
        new Delivery(
            agent(config),
            new FileNames(config.string(FILENAME_TEMPLATE)),
            destinations,
            local,
            context.diagnostics());
    return List.of(new AtifSubscriber(new Trajectories(config.integer(MAX_OPEN_BYTES)), delivery));
  }

  private static List<Destination> destinations(List<ConfigView> storages, ComponentContext context)
      throws IOException {
    List<Destination> destinations = new ArrayList<>();
    for (int i = 0; i < storages.size(); i++) {
      ConfigView storage = storages.get(i);
      if (HTTP.equals(storage.string(TYPE))) {
        destinations.add(new HttpStorage(storageName(i), Remote.read(storage, ENDPOINT, context)));
        continue;
      }
      S3Settings settings = S3Settings.read(storage, context::environment);
      if (settings.credentials() != null) {
        S3Bucket bucket = new S3Bucket(settings, settings.credentials(), context.clock());
        destinations.add(new S3Storage(storageName(i), bucket));
      }
    }
    return destinations;
  }

  private Members agent(ConfigView config) {
    String version = config.stringOrNull(AGENT_VERSION);
    return new Members()
        .with("name", config.string(AGENT_NAME))
        .with("version", version == null ? version() : version)
        .with("model_name", config.string(MODEL_NAME))
        .with("tool_definitions", NodeTree.of(config.node(TOOL_DEFINITIONS)))
        .with("extra", NodeTree.of(config.node(EXTRA)));
  }

  private static String storageName(int index) {
    return STORAGE + "[" + index + "]";
  }
}
