package io.github.upgradehandler.benchmarks.report;

import io.github.upgradehandler.benchmarks.scale.ScaleMeasurement;
import io.github.upgradehandler.benchmarks.server.Implementation;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How each figure grows with the number of connections, in one SVG. */
final class GrowthPlot {

  private static final double MIB = 1 << 20;

  private enum Figure {
    HEAP("heap of all [MiB]", each -> each.heapBytes() * each.connections() / MIB),
    NATIVE("memory beside it [MiB]", each -> each.nativeBytes() * each.connections() / MIB),
    QUIET("quiet, with pings [% of a core]", each -> 100 * each.quietCores()),
    ACTIVE("1 % active [% of a core]", each -> 100 * each.activeCores()),
    BROADCAST("broadcast to all [ms]", ScaleMeasurement::broadcastMillis),
    DRAIN("drain [ms]", ScaleMeasurement::drainMillis);

    private final String title;
    private final ToDoubleFunction<ScaleMeasurement> value;

    Figure(String title, ToDoubleFunction<ScaleMeasurement> value) {
      this.title = title;
      this.value = value;
    }
  }

  /** A container's lines are told from another's by their marks. */
  private enum Container {
    JETTY("Jetty", SeriesMarkers.CIRCLE),
    TOMCAT("Tomcat", SeriesMarkers.SQUARE),
    UNDERTOW("Undertow", SeriesMarkers.TRIANGLE_UP);

    private final String label;
    private final Marker marker;

    Container(String label, Marker marker) {
      this.label = label;
      this.marker = marker;
    }
  }

  private final List<ScaleMeasurement> results;
  private final Theme theme;

  GrowthPlot(List<ScaleMeasurement> results, Theme theme) {
    this.results = results;
    this.theme = theme;
  }

  /** Writes it, in place of what is there. */
  void write(Path file) throws IOException {
    Svg.write(Stream.of(Figure.values()).map(this::chart).toList(), this::drawLegend, file);
  }

  private void drawLegend(Graphics2D graphics) {
    graphics.setColor(theme.text);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    graphics.drawString(
        "blue: upgrade-handler, grey: the container's own; circle Jetty, square Tomcat, triangle"
            + " Undertow; over the number of connections",
        12,
        Svg.LEGEND_HEIGHT - 12);
  }

  private XYChart chart(Figure figure) {
    XYChart chart =
        new XYChartBuilder()
            .width(Svg.PANEL_WIDTH)
            .height(Svg.PANEL_HEIGHT)
            .title(figure.title)
            .build();
    theme.style(chart.getStyler());
    chart.getStyler().setXAxisMin(0.0);
    for (Container container : Container.values()) {
      add(chart, figure, container, true, theme.theirs);
      add(chart, figure, container, false, theme.ours);
    }
    return chart;
  }

  private void add(
      XYChart chart, Figure figure, Container container, boolean isNative, Color color) {
    List<ScaleMeasurement> line =
        results.stream()
            .filter(each -> each.container().equals(container.label))
            .filter(each -> each.implementation().equals(Implementation.NATIVE.label()) == isNative)
            .sorted(Comparator.comparingInt(ScaleMeasurement::connections))
            .toList();
    if (!line.isEmpty()) {
      XYSeries series =
          chart.addSeries(
              container.label + isNative,
              line.stream().map(ScaleMeasurement::connections).toList(),
              line.stream().map(figure.value::applyAsDouble).toList());
      series.setLineColor(color);
      series.setLineStyle(new BasicStroke(1.5f));
      series.setMarker(container.marker);
      series.setMarkerColor(color);
    }
  }
}
