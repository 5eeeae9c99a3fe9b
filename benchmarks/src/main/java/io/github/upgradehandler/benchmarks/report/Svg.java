package io.github.upgradehandler.benchmarks.report;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.internal.chartpart.Chart;
import org.w3c.dom.Document;

/** Files in SVG: small charts side by side, below a legend. */
final class Svg {

  static final int PANEL_WIDTH = 300;
  static final int PANEL_HEIGHT = 210;
  static final int LEGEND_HEIGHT = 34;

  private static final int COLUMNS = 3;

  private Svg() {}

  /** Writes a file, in place of what is there. */
  static void write(List<? extends Chart<?, ?>> charts, Consumer<Graphics2D> legend, Path file)
      throws IOException {
    SVGGraphics2D graphics = empty();
    legend.accept(graphics);
    for (int i = 0; i < charts.size(); i++) {
      Graphics2D panel = (Graphics2D) graphics.create();
      panel.translate(i % COLUMNS * PANEL_WIDTH, LEGEND_HEIGHT + i / COLUMNS * PANEL_HEIGHT);
      charts.get(i).paint(panel, PANEL_WIDTH, PANEL_HEIGHT);
    }
    int lines = (charts.size() + COLUMNS - 1) / COLUMNS;
    graphics.setSVGCanvasSize(
        new Dimension(COLUMNS * PANEL_WIDTH, LEGEND_HEIGHT + lines * PANEL_HEIGHT));
    try (Writer out = Files.newBufferedWriter(file)) {
      graphics.stream(out, true);
    }
  }

  /** Text is drawn as shapes, so that it looks the same whatever fonts the reader has. */
  private static SVGGraphics2D empty() {
    Document document;
    try {
      document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument("http://www.w3.org/2000/svg", "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
    return new SVGGraphics2D(SVGGeneratorContext.createDefault(document), true);
  }
}
