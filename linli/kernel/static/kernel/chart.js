// Line and bar charts. The numbers come from a JSON script beside the island; the table below says the same.
import { colour } from "./linli.js";

const TONES = ["teal", "blue", "amber", "green", "red"];

/** Draw the chart of one island, and draw it again when the look changes. */
export async function start(island) {
  const [{ init }, data] = [await import(island.dataset.library), JSON.parse(document.getElementById(island.dataset.inline).textContent)];
  island.replaceChildren();
  const chart = init(island, null, { renderer: "svg" });
  const draw = () => chart.setOption(options(data, island), true);
  draw();
  new ResizeObserver(() => chart.resize()).observe(island);
  addEventListener("linli:look", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  chart.on("click", ({ seriesIndex, dataIndex }) => {
    const address = data.series[seriesIndex].urls?.[dataIndex];
    if (address) location.assign(address);
  });
  island.dataset.ready = "1";
}

function options(data, island) {
  const style = getComputedStyle(island);
  const text = { color: colour("ink-2"), fontFamily: style.fontFamily, fontSize: Math.max(13, parseFloat(style.fontSize) - 3) };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    animation: !still, animationDuration: 120, textStyle: text, aria: { enabled: true, decal: { show: data.series.length > 1 && data.kind === "bar" } },
    grid: { left: 8, right: 16, top: data.series.length > 1 ? 40 : 16, bottom: 4, containLabel: true },
    legend: { show: data.series.length > 1, top: 4, left: 8, textStyle: text, itemWidth: 16, itemHeight: 8 },
    tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: colour("paper"), borderColor: colour("line"), textStyle: { ...text, color: colour("ink") }, valueFormatter: (v) => (v == null ? "–" : `${v.toLocaleString()} ${data.unit}`) },
    xAxis: { type: "category", data: data.categories, axisLine: { lineStyle: { color: colour("edge") } }, axisTick: { show: false }, axisLabel: text, boundaryGap: data.kind === "bar" },
    yAxis: { type: "value", minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: colour("line") } } },
    series: data.series.map((one, index) => ({
      name: one.name, type: data.kind, data: one.values, barMaxWidth: 28, symbolSize: 6, symbol: index % 2 ? "diamond" : "circle", showSymbol: data.categories.length < 40,
      lineStyle: { width: 2, type: index % 2 ? "dashed" : "solid" }, color: colour(one.tone ?? TONES[index % TONES.length]), cursor: one.urls ? "pointer" : "default",
    })),
  };
}
