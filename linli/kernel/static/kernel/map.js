// Maps without any tile server: areas filled by a number, points in clusters, and a pin to place. Colours are the tokens.
import { announce, colour } from "./linli.js";

const EMPTY = { type: "FeatureCollection", features: [] };

/** Draw the map of one island. Choosing a feature follows its `url`; a pin writes two fields. */
export async function start(island) {
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: island.dataset.style });
  document.head.append(sheet);
  const inline = island.dataset.inline ? JSON.parse(document.getElementById(island.dataset.inline).textContent) : {};
  const [library, areas, points] = await Promise.all([import(island.dataset.library), load(island.dataset.areas, inline.areas), load(island.dataset.points, inline.points)]);
  library.setWorkerUrl(new URL(island.dataset.worker, location.href).href);
  island.replaceChildren();
  const map = new library.Map({
    container: island, style: style(areas, points), bounds: bounds(areas, points), fitBoundsOptions: { padding: 24, maxZoom: 16 }, maxZoom: 19,
    attributionControl: false, dragRotate: false, pitchWithRotate: false, fadeDuration: 0, cooperativeGestures: false,
    locale: { "NavigationControl.ZoomIn": island.dataset.nearer, "NavigationControl.ZoomOut": island.dataset.farther, "Map.Title": island.getAttribute("aria-label") },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  const redraw = () => map.setStyle(style(areas, points));
  addEventListener("linli:look", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  if (island.dataset.pick) placePin(library, map, island);
  else follow(library, map, island);
  map.once("idle", () => { island.dataset.ready = "1"; });
  island.map = map;
}

async function load(address, inline) {
  if (inline) return inline;
  if (!address) return EMPTY;
  const answer = await fetch(address, { headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

function style(areas, points) {
  const size = Math.max(13, parseFloat(getComputedStyle(document.body).fontSize) - 3);
  const tone = ["match", ["get", "tone"], ...["red", "amber", "green", "teal"].flatMap((name) => [name, colour(name)]), colour("blue")];
  return {
    version: 8,
    sources: {
      areas: { type: "geojson", data: areas, promoteId: "id" },
      points: { type: "geojson", data: points, cluster: points.features.length > 60, clusterRadius: 44, clusterMaxZoom: 15 },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colour("sunk") } },
      { id: "areas", type: "fill", source: "areas", paint: { "fill-color": fill(areas) } },
      { id: "borders", type: "line", source: "areas", paint: { "line-color": colour("paper"), "line-width": 1.2 } },
      { id: "chosen", type: "line", source: "areas", filter: ["==", ["get", "chosen"], true], paint: { "line-color": colour("ink"), "line-width": 3 } },
      { id: "names", type: "symbol", source: "areas", minzoom: 12, layout: { "text-field": ["coalesce", ["get", "label"], ["get", "name"], ""], "text-size": size, "text-padding": 6 }, paint: { "text-color": colour("ink"), "text-halo-color": colour("paper"), "text-halo-width": 1.5 } },
      { id: "clusters", type: "circle", source: "points", filter: ["has", "point_count"], paint: { "circle-color": colour("blue"), "circle-stroke-color": colour("paper"), "circle-stroke-width": 2, "circle-radius": ["interpolate", ["linear"], ["get", "point_count"], 2, 10, 50, 18, 500, 28] } },
      { id: "points", type: "circle", source: "points", filter: ["!", ["has", "point_count"]], paint: { "circle-color": tone, "circle-radius": ["case", ["==", ["get", "chosen"], true], 10, 7], "circle-stroke-color": colour("paper"), "circle-stroke-width": 2 } },
      { id: "numbers", type: "symbol", source: "points", filter: ["has", "point_count"], layout: { "text-field": ["get", "point_count_abbreviated"], "text-size": size, "text-allow-overlap": true }, paint: { "text-color": colour("paper") } },
    ],
  };
}

function fill(areas) {
  const values = areas.features.map((f) => f.properties?.value).filter((v) => v > 0).sort((a, b) => a - b);
  if (!values.length) return colour("scale-1");
  const cuts = [...new Set([0.25, 0.5, 0.75, 0.92].map((share) => values[Math.floor(share * (values.length - 1))]))];
  return ["step", ["coalesce", ["get", "value"], 0], colour("scale-1"), ...cuts.flatMap((cut, index) => [Math.max(cut, 1e-9), colour(`scale-${index + 2}`)])];
}

function bounds(areas, points) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (part) => {
    if (typeof part[0] !== "number") return part.forEach(visit);
    box[0] = Math.min(box[0], part[0]); box[1] = Math.min(box[1], part[1]); box[2] = Math.max(box[2], part[0]); box[3] = Math.max(box[3], part[1]);
  };
  for (const feature of [...areas.features, ...points.features]) if (feature.geometry) visit(feature.geometry.coordinates);
  return box[0] === Infinity ? undefined : box;
}

function follow(library, map, island) {
  const tip = new library.Popup({ closeButton: false, closeOnClick: false, offset: 10 });
  for (const layer of ["points", "areas"]) {
    map.on("mousemove", layer, ({ features: [feature], lngLat }) => {
      map.getCanvas().style.cursor = feature.properties.url ? "pointer" : "";
      const label = feature.properties.label ?? feature.properties.name;
      if (label) tip.setLngLat(lngLat).setText(label).addTo(map);
    });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; tip.remove(); });
  }
  map.on("click", async ({ point }) => {
    const [feature] = map.queryRenderedFeatures(point, { layers: ["clusters", "points", "areas"] });
    if (!feature) return;
    if (feature.layer.id === "clusters") {
      const zoom = await map.getSource("points").getClusterExpansionZoom(feature.properties.cluster_id);
      return map.easeTo({ center: feature.geometry.coordinates, zoom, duration: 120 });
    }
    announce(feature.properties.label);
    const chosen = new CustomEvent("linli:chosen", { bubbles: true, cancelable: true, detail: feature.properties });
    if (island.dispatchEvent(chosen) && feature.properties.url) location.assign(feature.properties.url);
  });
}

function placePin(library, map, island) {
  const [lng, lat] = island.dataset.pick.split(",").map((id) => document.getElementById(id.trim()));
  const pin = new library.Marker({ color: colour("teal"), draggable: true });
  const write = ({ lng: x, lat: y }) => {
    pin.setLngLat([x, y]).addTo(map);
    lng.value = x.toFixed(6);
    lat.value = y.toFixed(6);
    island.dispatchEvent(new CustomEvent("linli:pinned", { bubbles: true, detail: { lng: x, lat: y } }));
  };
  map.on("click", ({ lngLat }) => write(lngLat));
  pin.on("dragend", () => write(pin.getLngLat()));
  island.place = (x, y) => { write({ lng: x, lat: y }); map.easeTo({ center: [x, y], zoom: 16, duration: 120 }); };
  if (lng.value && lat.value) island.place(Number(lng.value), Number(lat.value));
}
