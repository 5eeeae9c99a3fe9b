package io.github.upgradehandler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What applications and other modules may use, as it stands in {@code public-api.txt}: so that a
 * change of it is seen in review. The test leaves what there is in {@code target}, to be copied.
 */
class PublicSignaturesTest {

  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path WRITTEN = Path.of("public-api.txt");
  private static final Path FOUND = Path.of("target", "public-api.txt");

  /** Packages that the module exports to all: no other has anything for applications. */
  private static final Set<String> PACKAGES = exportedPackages();

  private static Set<String> exportedPackages() {
    try (InputStream descriptor = Files.newInputStream(CLASSES.resolve("module-info.class"))) {
      return ModuleDescriptor.read(descriptor).exports().stream()
          .filter(exports -> !exports.isQualified())
          .map(ModuleDescriptor.Exports::source)
          .collect(toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void signatures_are_those_that_were_reviewed() throws Exception {
    List<String> found = new ArrayList<>();
    for (Class<?> type : publicTypes()) {
      found.add(readable(type.toGenericString()) + parents(type));
      members(type).forEach(member -> found.add("  " + member));
    }
    Files.write(FOUND, found, UTF_8);
    assertThat(found)
        .as("the public signatures; after a review, copy %s to %s", FOUND, WRITTEN)
        .containsExactlyElementsOf(Files.readAllLines(WRITTEN, UTF_8));
  }

  /** A type of another package could not be named by who is given one. */
  @Test
  void signatures_show_types_of_exported_packages_only() throws Exception {
    List<String> hidden =
        classNames()
            .map(PublicSignaturesTest::packageOf)
            .filter(name -> !PACKAGES.contains(name))
            .map(name -> readable(name) + '.')
            .distinct()
            .toList();
    assertThat(hidden).contains("internal.frame.", "servlet.container.");
    assertThat(Files.readAllLines(WRITTEN, UTF_8))
        .noneMatch(signature -> hidden.stream().anyMatch(signature::contains));
  }

  private static Stream<String> classNames() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(CLASSES)) {
      files = all.toList();
    }
    return files.stream()
        .map(file -> CLASSES.relativize(file).toString())
        .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
        .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'));
  }

  private static String packageOf(String className) {
    return className.substring(0, className.lastIndexOf('.'));
  }

  private static List<Class<?>> publicTypes() throws IOException, ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>();
    for (String name :
        classNames().filter(name -> PACKAGES.contains(packageOf(name))).sorted().toList()) {
      Class<?> type = Class.forName(name, false, PublicSignaturesTest.class.getClassLoader());
      if (isVisible(type)) {
        types.add(type);
      }
    }
    return types;
  }

  private static boolean isVisible(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getDeclaringClass()) {
      if (!isShown(each.getModifiers()) || each.isAnonymousClass() || each.isLocalClass()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isShown(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String parents(Class<?> type) {
    List<String> parents = new ArrayList<>();
    if (type.getGenericSuperclass() != null && type.getSuperclass() != Object.class) {
      parents.add(readable(type.getGenericSuperclass().getTypeName()));
    }
    Arrays.stream(type.getGenericInterfaces())
        .map(parent -> readable(parent.getTypeName()))
        .forEach(parents::add);
    return parents.isEmpty() ? "" : " : " + String.join(", ", parents);
  }

  private static List<String> members(Class<?> type) {
    List<Member> members = new ArrayList<>();
    members.addAll(Arrays.asList(type.getDeclaredFields()));
    members.addAll(Arrays.asList(type.getDeclaredConstructors()));
    members.addAll(Arrays.asList(type.getDeclaredMethods()));
    return members.stream()
        .filter(member -> isShown(member.getModifiers()) && !member.isSynthetic())
        .map(PublicSignaturesTest::signature)
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private static String signature(Member member) {
    String text =
        member instanceof Field field
            ? field.toGenericString()
            : member instanceof Constructor<?> constructor
                ? constructor.toGenericString()
                : ((Method) member).toGenericString();
    String owner = member.getDeclaringClass().getTypeName() + ".";
    return readable(text.replace(' ' + owner + member.getName(), ' ' + member.getName()));
  }

  private static String readable(String signature) {
    return signature.replace(ArchitectureTest.ROOT + '.', "").replace("java.lang.", "");
  }
}
