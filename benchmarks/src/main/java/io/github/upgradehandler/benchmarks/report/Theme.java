package io.github.upgradehandler.benchmarks.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.style.AxesChartStyler;

/** For whom a plot is drawn. */
public enum Theme {
  /** GitHub's light theme. */
  LIGHT(0x1F2328, 0xD1D9E0, 0x0969DA, 0xAFB8C1, 0x8250DF),
  /** GitHub's dark theme. */
  DARK(0xE6EDF3, 0x3D444D, 0x4493F8, 0x656C76, 0xAB7DF8);

  private static final Color NOTHING = new Color(0, 0, 0, 0);

  final Color text;
  final Color lines;
  final Color ours;
  final Color theirs;
  final Color netty;

  Theme(int text, int lines, int ours, int theirs, int netty) {
    this.text = new Color(text);
    this.lines = new Color(lines);
    this.ours = new Color(ours);
    this.theirs = new Color(theirs);
    this.netty = new Color(netty);
  }

  /** What all charts have in common. */
  void style(AxesChartStyler styler) {
    styler.setChartBackgroundColor(NOTHING);
    styler.setPlotBackgroundColor(NOTHING);
    styler.setPlotBorderVisible(false);
    styler.setChartFontColor(text);
    styler.setAxisTickLabelsColor(text);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 12));
    styler.setChartTitleBoxVisible(false);
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotGridLinesColor(lines);
    styler.setPlotGridLinesStroke(new BasicStroke(0.5f));
    styler.setLegendVisible(false);
    styler.setYAxisMin(0.0);
  }
}
