package io.github.upgradehandler.benchmarks.report;

import io.github.upgradehandler.benchmarks.load.Row;
import io.github.upgradehandler.benchmarks.load.Server;
import io.github.upgradehandler.benchmarks.load.Spread;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;
import org.w3c.dom.Document;

/** A small chart for each row, in one SVG: medians as bars, the spread as whiskers. */
public final class Plot {

  /** For whom it is drawn. */
  public enum Theme {
    /** GitHub's light theme. */
    LIGHT(0x1F2328, 0xD1D9E0, 0x0969DA, 0xAFB8C1, 0x8250DF),
    /** GitHub's dark theme. */
    DARK(0xE6EDF3, 0x3D444D, 0x4493F8, 0x656C76, 0xAB7DF8);

    private final Color text;
    private final Color lines;
    private final Color ours;
    private final Color theirs;
    private final Color netty;

    Theme(int text, int lines, int ours, int theirs, int netty) {
      this.text = new Color(text);
      this.lines = new Color(lines);
      this.ours = new Color(ours);
      this.theirs = new Color(theirs);
      this.netty = new Color(netty);
    }
  }

  private static final int COLUMNS = 3;
  private static final int PANEL_WIDTH = 300;
  private static final int PANEL_HEIGHT = 210;
  private static final int LEGEND_HEIGHT = 34;
  private static final int SWATCH = 12;
  private static final Color NOTHING = new Color(0, 0, 0, 0);
  private static final List<String> CONTAINERS = List.of("Jetty", "Tomcat", "Undertow");
  private static final List<Server> OURS =
      List.of(Server.JETTY_OURS, Server.TOMCAT_OURS, Server.UNDERTOW_OURS);
  private static final List<Server> NATIVE =
      List.of(Server.JETTY_NATIVE, Server.TOMCAT_NATIVE, Server.UNDERTOW_NATIVE);

  private final Results results;
  private final Theme theme;

  /** A plot of results. */
  public Plot(Results results, Theme theme) {
    this.results = results;
    this.theme = theme;
  }

  /** Writes it, in place of what is there. */
  public void write(Path file) throws IOException {
    List<Row> rows = Stream.of(Row.values()).filter(Row::isCompared).toList();
    int width = COLUMNS * PANEL_WIDTH;
    int height = LEGEND_HEIGHT + (rows.size() + COLUMNS - 1) / COLUMNS * PANEL_HEIGHT;
    SVGGraphics2D graphics = svg();
    drawLegend(graphics);
    for (int i = 0; i < rows.size(); i++) {
      Graphics2D panel = (Graphics2D) graphics.create();
      panel.translate(i % COLUMNS * PANEL_WIDTH, LEGEND_HEIGHT + i / COLUMNS * PANEL_HEIGHT);
      chart(rows.get(i)).paint(panel, PANEL_WIDTH, PANEL_HEIGHT);
    }
    graphics.setSVGCanvasSize(new Dimension(width, height));
    try (Writer out = Files.newBufferedWriter(file)) {
      graphics.stream(out, true);
    }
  }

  /** Text is drawn as shapes, so that it looks the same whatever fonts the reader has. */
  private static SVGGraphics2D svg() {
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

  private CategoryChart chart(Row row) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(PANEL_WIDTH)
            .height(PANEL_HEIGHT)
            .title(row.title() + (row == Row.IDLE ? " [KiB]" : " [µs]"))
            .build();
    style(chart.getStyler());
    chart.getStyler().setYAxisMax(1.1 * highest(row));
    addBars(chart, "ours", row, OURS, theme.ours);
    addBars(chart, "native", row, NATIVE, theme.theirs);
    Optional<Spread> netty = results.figure(row, Server.NETTY);
    if (netty.isPresent()) {
      chart.addAnnotation(new AnnotationLine(netty.get().median(), false, false));
    }
    return chart;
  }

  private double highest(Row row) {
    return Stream.of(Server.values())
        .flatMap(server -> results.figure(row, server).stream())
        .mapToDouble(Spread::most)
        .max()
        .orElse(1);
  }

  private void addBars(
      CategoryChart chart, String name, Row row, List<Server> servers, Color color) {
    List<Double> heights = new ArrayList<>();
    List<Double> whiskers = new ArrayList<>();
    for (Server server : servers) {
      Spread spread = results.figure(row, server).orElse(new Spread(0, 0, 0));
      heights.add(spread.median());
      whiskers.add((spread.most() - spread.least()) / 2);
    }
    chart.addSeries(name, CONTAINERS, heights, whiskers).setFillColor(color);
  }

  private void style(CategoryStyler styler) {
    styler.setChartBackgroundColor(NOTHING);
    styler.setPlotBackgroundColor(NOTHING);
    styler.setPlotBorderVisible(false);
    styler.setChartFontColor(theme.text);
    styler.setAxisTickLabelsColor(theme.text);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 12));
    styler.setChartTitleBoxVisible(false);
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotGridLinesColor(theme.lines);
    styler.setPlotGridLinesStroke(new BasicStroke(0.5f));
    styler.setErrorBarsColor(theme.text);
    styler.setLegendVisible(false);
    styler.setAnnotationLineColor(theme.netty);
    styler.setAnnotationLineStroke(new BasicStroke(1.5f));
    styler.setAvailableSpaceFill(0.7);
    styler.setYAxisMin(0.0);
  }

  private void drawLegend(Graphics2D graphics) {
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    int x = SWATCH;
    x = drawLegend(graphics, x, theme.ours, "upgrade-handler");
    x = drawLegend(graphics, x, theme.theirs, "the container's own");
    drawLegend(graphics, x, theme.netty, "Netty, without a container");
  }

  private int drawLegend(Graphics2D graphics, int x, Color color, String text) {
    int top = (LEGEND_HEIGHT - SWATCH) / 2;
    graphics.setColor(color);
    graphics.fillRect(x, top, SWATCH, SWATCH);
    graphics.setColor(theme.text);
    int start = x + SWATCH + SWATCH / 2;
    graphics.drawString(text, start, top + SWATCH - 2);
    return start + graphics.getFontMetrics().stringWidth(text) + 2 * SWATCH;
  }
}
