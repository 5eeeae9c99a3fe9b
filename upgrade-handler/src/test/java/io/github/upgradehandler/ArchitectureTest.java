package io.github.upgradehandler;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The walls between the packages, as drawn in ARCHITECTURE.md. */
@AnalyzeClasses(
    packages = ArchitectureTest.ROOT,
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  static final String ROOT = "io.github.upgradehandler";

  private static final String SPI = ROOT + ".spi";
  private static final String MESSAGE = ROOT + ".internal.message";
  private static final String LOG = ROOT + ".internal.log";
  private static final String FRAME = ROOT + ".internal.frame";
  private static final String PROTOCOL = ROOT + ".internal.protocol";
  private static final String DEFLATE = ROOT + ".internal.deflate";
  private static final String WORK = ROOT + ".internal.work";
  private static final String CONNECTION = ROOT + ".internal.connection";
  private static final String SERVLET = ROOT + ".servlet";
  private static final String CONTAINER = ROOT + ".servlet.container";

  /** The packages below that of the servlets, each of one container. */
  private static final DescribedPredicate<JavaClass> OF_ONE_CONTAINER =
      resideInAPackage(SERVLET + ".*").and(not(resideInAPackage(CONTAINER)));

  private static final String JETTY = ROOT + ".jetty";
  private static final String GUARD = ROOT + ".guard";
  private static final String ROOM = ROOT + ".room";
  private static final String ROOM_LOG = ROOT + ".room.log";
  private static final String ROOM_PRESENCE = ROOT + ".room.presence";
  private static final String ROOM_WORK = ROOT + ".internal.room";
  private static final String SSE = ROOT + ".internal.sse";

  private static final int LONGEST_FILE = 300;
  private static final int LONGEST_TEST = 400;

  /** Its builder has a method for each option. */
  private static final Set<String> LONGER_FILES = Set.of("WebSocketConfig.java");

  /** Classes of a connection that know each other both ways, with the reason. */
  private static final Map<Set<String>, String> MEANT_TO_KNOW_EACH_OTHER =
      Map.of(
          Set.of("Connection", "ConnectionGroup"),
          "a group makes, sweeps and drains connections, which run on what it has for them all");

  @ArchTest
  static final ArchRule packages_look_down_only =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
          .withOptionalLayers(true)
          .layer("api")
          .definedBy(ROOT)
          .layer("spi")
          .definedBy(SPI)
          .layer("message")
          .definedBy(MESSAGE)
          .layer("log")
          .definedBy(LOG)
          .layer("frame")
          .definedBy(FRAME)
          .layer("protocol")
          .definedBy(PROTOCOL)
          .layer("deflate")
          .definedBy(DEFLATE)
          .layer("work")
          .definedBy(WORK)
          .layer("connection")
          .definedBy(CONNECTION)
          .layer("servlet")
          .definedBy(SERVLET)
          .layer("container")
          .definedBy(CONTAINER)
          .layer("containers")
          .definedBy(OF_ONE_CONTAINER)
          .layer("jetty")
          .definedBy(JETTY)
          .layer("guard")
          .definedBy(GUARD)
          .layer("room")
          .definedBy(ROOM)
          .layer("room log")
          .definedBy(ROOM_LOG)
          .layer("room presence")
          .definedBy(ROOM_PRESENCE)
          .layer("room work")
          .definedBy(ROOM_WORK)
          .layer("sse")
          .definedBy(SSE)
          .whereLayer("log")
          .mayNotAccessAnyLayer()
          .whereLayer("api")
          .mayOnlyAccessLayers("log", "message")
          .whereLayer("message")
          .mayOnlyAccessLayers("api")
          .whereLayer("spi")
          .mayOnlyAccessLayers("api")
          .whereLayer("frame")
          .mayOnlyAccessLayers("api", "spi")
          .whereLayer("protocol")
          .mayOnlyAccessLayers("api", "spi", "message", "frame")
          .whereLayer("deflate")
          .mayOnlyAccessLayers("api", "spi", "message", "frame", "protocol")
          .whereLayer("work")
          .mayOnlyAccessLayers("api", "spi", "log")
          .whereLayer("connection")
          .mayOnlyAccessLayers("api", "spi", "log", "message", "frame", "protocol", "work")
          .whereLayer("servlet")
          .mayOnlyAccessLayers(
              "api",
              "spi",
              "log",
              "frame",
              "protocol",
              "deflate",
              "work",
              "connection",
              "room",
              "sse",
              "container",
              "containers")
          .whereLayer("container")
          .mayOnlyAccessLayers("spi", "log", "sse")
          .whereLayer("containers")
          .mayOnlyAccessLayers("container", "spi", "log", "sse")
          .whereLayer("jetty")
          .mayNotAccessAnyLayer()
          .whereLayer("guard")
          .mayOnlyAccessLayers("api", "log")
          .whereLayer("room log")
          .mayOnlyAccessLayers("api")
          .whereLayer("room presence")
          .mayNotAccessAnyLayer()
          .whereLayer("room work")
          .mayOnlyAccessLayers("api", "work", "room log", "room presence")
          .whereLayer("room")
          .mayOnlyAccessLayers("api", "log", "work", "room log", "room presence", "room work")
          .whereLayer("sse")
          .mayOnlyAccessLayers("api", "spi", "log", "work", "room", "room log")
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule a_container_knows_no_other =
      slices()
          .matching(SERVLET + ".(*)")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(alwaysTrue(), resideInAPackage(CONTAINER));

  @ArchTest
  static final ArchRule only_servlet_knows_the_servlet_api =
      noClasses()
          .that()
          .resideOutsideOfPackage(SERVLET + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.servlet..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule only_jetty_knows_jetty =
      noClasses()
          .that()
          .resideOutsideOfPackage(JETTY)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nothing_else_is_needed_at_run_time =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "..",
              "java..",
              "javax.management..",
              "org.jspecify.annotations",
              "jakarta.servlet..",
              "org.eclipse.jetty..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule the_protocol_is_bytes_in_events_out =
      noClasses()
          .that()
          .resideInAnyPackage(FRAME, PROTOCOL, DEFLATE)
          .should()
          .dependOnClassesThat(threadsClocksLoggersOrStreams())
          .orShould()
          .callMethodWhere(readsTheClock())
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule there_is_one_logger =
      noClasses()
          .that()
          .resideOutsideOfPackage(LOG)
          .should()
          .callMethod(System.class, "getLogger", String.class);

  @ArchTest
  static final ArchRule names_say_what_a_class_is =
      noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager)").allowEmptyShould(true);

  /** Some containers look for such classes, and warn of one that they could not make. */
  @ArchTest
  static void a_container_can_make_each_listener(JavaClasses classes) {
    List<JavaClass> listeners =
        classes.stream()
            .filter(assignableTo("jakarta.servlet.AsyncListener"))
            .filter(type -> type.getPackageName().startsWith(ROOT))
            .toList();
    assertThat(listeners)
        .isNotEmpty()
        .allMatch(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .allMatch(
            type ->
                type.getConstructors().stream()
                    .anyMatch(
                        constructor ->
                            constructor.getParameters().isEmpty()
                                && constructor.getModifiers().contains(JavaModifier.PUBLIC)));
  }

  @ArchTest
  static void the_parts_of_a_connection_know_each_other_one_way(JavaClasses classes) {
    Map<String, Set<String>> known =
        classes.stream()
            .filter(resideInAPackage(CONNECTION))
            .collect(
                groupingBy(
                    ArchitectureTest::sourceFile,
                    flatMapping(ArchitectureTest::knownOfTheSamePackage, toSet())));
    Set<Set<String>> bothWays =
        known.entrySet().stream()
            .flatMap(
                entry ->
                    entry.getValue().stream()
                        .filter(other -> known.get(other).contains(entry.getKey()))
                        .map(other -> Set.of(entry.getKey(), other)))
            .collect(toSet());
    assertThat(bothWays).isEqualTo(MEANT_TO_KNOW_EACH_OTHER.keySet());
  }

  private static Stream<String> knownOfTheSamePackage(JavaClass knowing) {
    return knowing.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
        .filter(target -> target.getPackageName().equals(knowing.getPackageName()))
        .map(ArchitectureTest::sourceFile)
        .filter(name -> !name.equals(sourceFile(knowing)));
  }

  /** The name of the class that a nested one is in, or its own. */
  private static String sourceFile(JavaClass type) {
    return type.getEnclosingClass()
        .map(ArchitectureTest::sourceFile)
        .orElseGet(type::getSimpleName);
  }

  @ArchTest
  static void no_source_file_is_long(JavaClasses classes) throws IOException {
    assertThat(longerThan(LONGEST_FILE, Path.of("src", "main"))).isEqualTo(LONGER_FILES);
    assertThat(longerThan(LONGEST_TEST, Path.of("src", "test"))).isEmpty();
  }

  private static Set<String> longerThan(int limit, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> lines(file) > limit)
          .map(file -> file.getFileName().toString())
          .collect(toSet());
    }
  }

  private static DescribedPredicate<JavaClass> threadsClocksLoggersOrStreams() {
    return resideInAnyPackage("java.util.concurrent..", "java.util.logging..", "java.time..")
        .or(assignableTo(Thread.class))
        .or(assignableTo(ThreadLocal.class))
        .or(assignableTo(System.Logger.class))
        .or(assignableTo(InputStream.class))
        .or(assignableTo(OutputStream.class))
        .or(assignableTo(Reader.class))
        .or(assignableTo(Writer.class))
        .as("are threads, clocks, loggers or streams");
  }

  private static DescribedPredicate<JavaMethodCall> readsTheClock() {
    Set<String> clock = Set.of("nanoTime", "currentTimeMillis");
    return describe(
        "it reads the system's clock",
        call ->
            call.getTargetOwner().isEquivalentTo(System.class) && clock.contains(call.getName()));
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
