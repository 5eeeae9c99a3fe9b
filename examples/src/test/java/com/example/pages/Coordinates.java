package com.example.pages;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What a page tells a build tool to fetch. */
record Coordinates(String groupId, String artifactId, String version) {

  /** What this build makes for others. */
  static List<Coordinates> published() throws Exception {
    Document parent = parse(Pages.read(Pages.REPOSITORY.resolve("pom.xml")));
    String groupId = text(parent, "groupId");
    String version = text(parent, "version");
    return List.of(
        new Coordinates(groupId, artifactIdOf("upgrade-handler"), version),
        new Coordinates(groupId, artifactIdOf("test-kit"), version),
        new Coordinates(groupId, artifactIdOf("client"), version));
  }

  private static String artifactIdOf(String module) throws Exception {
    Document pom = parse(Pages.read(Pages.REPOSITORY.resolve(module).resolve("pom.xml")));
    // The first is the parent's.
    return pom.getElementsByTagName("artifactId").item(1).getTextContent();
  }

  static boolean areIn(Snippet snippet) {
    return snippet.language().equals("xml") && snippet.text().startsWith("<dependency>");
  }

  static Coordinates of(Snippet snippet) throws Exception {
    Document dependency = parse(snippet.text());
    return new Coordinates(
        text(dependency, "groupId"), text(dependency, "artifactId"), text(dependency, "version"));
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static String text(Document document, String element) {
    return document.getElementsByTagName(element).item(0).getTextContent();
  }
}
