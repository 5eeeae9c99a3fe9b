package io.github.upgradehandler.jars;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.osgi.framework.namespace.PackageNamespace.PACKAGE_NAMESPACE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;

/** The packaged jars in an OSGi framework, where there is nothing else but the servlet API. */
class BundlesIT {

  private static final long LIMIT_MILLIS = 60_000;

  @TempDir private Path cache;

  private Framework framework;
  private Bundle library;

  @BeforeEach
  void start() throws BundleException {
    framework =
        new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, cache.toString()));
    framework.start();
    install("jakarta.servlet-api");
    library = install(Jars.LIBRARY);
    install(Jars.TEST_KIT);
    library.start();
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(LIMIT_MILLIS);
  }

  @Test
  void exported_is_what_the_modules_export() {
    assertThat(library.adapt(BundleWiring.class).getCapabilities(PACKAGE_NAMESPACE))
        .extracting(exported -> exported.getAttributes().get(PACKAGE_NAMESPACE))
        .containsAll(Descriptor.of(Jars.of(Jars.LIBRARY)).exportedPackages())
        .containsAll(Descriptor.of(Jars.of(Jars.TEST_KIT)).exportedPackages())
        .noneMatch(Descriptor.of(Jars.of(Jars.LIBRARY)).internalPackages()::contains);
  }

  @ParameterizedTest
  @CsvSource({
    "io.github.upgradehandler.servlet.WebSocketServlet",
    "io.github.upgradehandler.testkit.TestPeer"
  })
  void what_the_classes_need_is_there(String name) throws Exception {
    Class<?> type = library.loadClass(name);
    assertThat(type.getDeclaredMethods()).isNotEmpty();
    assertThat(type.getDeclaredConstructors()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    Jars.LIBRARY + ", LICENSE", Jars.LIBRARY + ", NOTICE",
    Jars.TEST_KIT + ", LICENSE", Jars.TEST_KIT + ", NOTICE"
  })
  void the_licence_is_inside(String artifact, String file) throws Exception {
    try (JarFile jar = new JarFile(Jars.of(artifact).toFile())) {
      ZipEntry entry = jar.getEntry("META-INF/" + file);
      assertThat(new String(jar.getInputStream(entry).readAllBytes(), UTF_8))
          .isEqualTo(Files.readString(Path.of("..", file), UTF_8));
    }
  }

  private Bundle install(String artifact) throws BundleException {
    return framework.getBundleContext().installBundle(Jars.of(artifact).toUri().toString());
  }
}
