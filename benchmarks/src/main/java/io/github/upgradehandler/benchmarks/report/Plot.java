package io.github.upgradehandler.benchmarks.report;

import io.github.upgradehandler.benchmarks.load.Row;
import io.github.upgradehandler.benchmarks.load.Server;
import io.github.upgradehandler.benchmarks.load.Spread;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** A small chart for each row, in one SVG: medians as bars, the spread as whiskers. */
public final class Plot {

  private static final int SWATCH = 12;
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
    List<CategoryChart> charts = results.rows().filter(Row::isCompared).map(this::chart).toList();
    Svg.write(charts, this::drawLegend, file);
  }

  private CategoryChart chart(Row row) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(Svg.PANEL_WIDTH)
            .height(Svg.PANEL_HEIGHT)
            .title(row.title() + (row.isMemory() ? " [KiB]" : " [µs]"))
            .build();
    theme.style(chart.getStyler());
    chart.getStyler().setErrorBarsColor(theme.text);
    chart.getStyler().setAnnotationLineColor(theme.netty);
    chart.getStyler().setAnnotationLineStroke(new BasicStroke(1.5f));
    chart.getStyler().setAvailableSpaceFill(0.7);
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

  private void drawLegend(Graphics2D graphics) {
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    int x = SWATCH;
    x = drawLegend(graphics, x, theme.ours, "upgrade-handler");
    x = drawLegend(graphics, x, theme.theirs, "the container's own");
    drawLegend(graphics, x, theme.netty, "Netty, without a container");
  }

  private int drawLegend(Graphics2D graphics, int x, Color color, String text) {
    int top = (Svg.LEGEND_HEIGHT - SWATCH) / 2;
    graphics.setColor(color);
    graphics.fillRect(x, top, SWATCH, SWATCH);
    graphics.setColor(theme.text);
    int start = x + SWATCH + SWATCH / 2;
    graphics.drawString(text, start, top + SWATCH - 2);
    return start + graphics.getFontMetrics().stringWidth(text) + 2 * SWATCH;
  }
}
