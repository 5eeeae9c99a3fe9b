package com.example.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.parser.Parser;

/** What is written for people: the README, {@code docs} and the pages beside them. */
public final class Pages {

  static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  static final String COMMANDS = "sh";
  static final String OUTPUT = "text";

  private static final String README = "README.md";

  private static final List<String> BESIDE_DOCS =
      List.of(README, "CONTRIBUTING.md", "SECURITY.md", "ARCHITECTURE.md", "VERSIONING.md");

  private Pages() {}

  /** Every block of code on them. */
  static List<Snippet> snippets() throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    for (String page : names()) {
      snippets.addAll(snippets(page));
    }
    return snippets;
  }

  /** The commands that a page shows. */
  public static List<String> commands(String page) throws IOException {
    return snippets(page).stream()
        .filter(snippet -> snippet.language().equals(COMMANDS))
        .flatMap(snippet -> snippet.commands().stream())
        .toList();
  }

  private static List<String> names() throws IOException {
    List<String> names = new ArrayList<>(BESIDE_DOCS);
    try (Stream<Path> docs = Files.list(REPOSITORY.resolve("docs"))) {
      docs.map(page -> "docs/" + page.getFileName())
          .filter(name -> name.endsWith(".md"))
          .sorted()
          .forEach(names::add);
    }
    return names;
  }

  private static List<Snippet> snippets(String page) throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    Parser.builder()
        .build()
        .parse(read(REPOSITORY.resolve(page)))
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(FencedCodeBlock block) {
                String language = block.getInfo().replaceAll("[^a-z].*", "");
                snippets.add(new Snippet(page, language, block.getLiteral()));
              }

              @Override
              public void visit(IndentedCodeBlock block) {
                snippets.add(
                    new Snippet(page, page.equals(README) ? COMMANDS : OUTPUT, block.getLiteral()));
              }
            });
    return snippets;
  }

  static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
