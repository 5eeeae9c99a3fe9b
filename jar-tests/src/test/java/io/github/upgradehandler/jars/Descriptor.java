package io.github.upgradehandler.jars;

import static java.lang.module.ModuleDescriptor.Requires.Modifier.STATIC;
import static java.util.stream.Collectors.toCollection;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** What a jar says of itself as a module. */
record Descriptor(ModuleDescriptor module) {

  static Descriptor of(Path jar) {
    return new Descriptor(ModuleFinder.of(jar).findAll().iterator().next().descriptor());
  }

  String name() {
    return module.name();
  }

  /** Modules that it was compiled with. */
  Set<String> requires() {
    return module.requires().stream()
        .map(ModuleDescriptor.Requires::name)
        .collect(toCollection(TreeSet::new));
  }

  /** Modules without which it does not start. */
  Set<String> requiresAtRunTime() {
    return module.requires().stream()
        .filter(required -> !required.modifiers().contains(STATIC))
        .map(ModuleDescriptor.Requires::name)
        .collect(toCollection(TreeSet::new));
  }

  /** Packages that applications may import. */
  Set<String> exportedPackages() {
    return module.exports().stream()
        .filter(exports -> !exports.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .collect(toCollection(TreeSet::new));
  }

  /** Packages that applications cannot import. */
  Set<String> internalPackages() {
    Set<String> packages = new TreeSet<>(module.packages());
    packages.removeAll(exportedPackages());
    return packages;
  }
}
