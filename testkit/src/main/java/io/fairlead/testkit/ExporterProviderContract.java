package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Subscriber;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the kernel expects of an {@link ExporterProvider}. */
public abstract class ExporterProviderContract extends ComponentProviderContract<ExporterProvider> {

  @Override
  protected final Class<ExporterProvider> serviceType() {
    return ExporterProvider.class;
  }

  /** The subscribers of {@link #validConfig()}. */
  protected final List<Subscriber> create() throws Exception {
    ExporterProvider provider = provider();
    return provider.create(TestContext.of(provider, validConfig()));
  }

  @Test
  void createStartsNoThreadAndCloseIsSafeWithoutStart() throws Exception {
    ThreadLeaks leaks = ThreadLeaks.watch();
    for (Subscriber subscriber : create()) {
      assertThat(leaks.names()).as("threads of %s", subscriber.name()).isEmpty();
      subscriber.close();
      subscriber.close();
    }
  }

  @Test
  void subscribersHaveNamesOfTheirOwn() throws Exception {
    assertThat(create())
        .extracting(Subscriber::name)
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).isNotBlank());
  }
}
