// Shapes as one SVG text that any program opens and a screen reader can name. No words
// reach the markup unescaped: the text may come from anywhere.

// about: width, height, title, desc, paper (a colour), face (font families).
export function svgOf(shapes, { width, height, title, desc, paper, face }) {
  const size = `width="${svgNumber(width)}" height="${svgNumber(height)}" viewBox="0 0 ${svgNumber(width)} ${svgNumber(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" xml:lang="en-GB"${svgAttributes({ "aria-label": title, "font-family": face })}>`,
    `<title>${xmlText(title)}</title>`,
    `<desc>${xmlText(desc || "")}</desc>`,
    `<rect width="${svgNumber(width)}" height="${svgNumber(height)}"${svgAttributes({ fill: paper })}/>`,
    ...shapes.map((shape) => TAGS[shape.type](shape)),
    "</svg>",
    "",
  ].join("\n");
}

// What XML cannot carry even escaped would make the whole file unreadable. Lone halves of a pair
// become the sign for a character that is not known; marks that turn the direction of reading go.
export function xmlText(text) {
  const carried = String(text)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff\u2028\u2029]/g, " ");
  return carried.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function svgAttributes(pairs) {
  const kept = Object.entries(pairs).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return kept.map(([name, value]) => ` ${name}="${xmlText(value)}"`).join("");
}

// Two decimals: a hundredth of a pixel is less than any printer can draw, and files stay small.
function svgNumber(value) {
  return Math.round(value * 100) / 100;
}

function svgInk(shape) {
  return svgAttributes({
    fill: shape.fill || "none", stroke: shape.stroke, "stroke-width": shape.width && svgNumber(shape.width),
    "stroke-dasharray": (shape.dash || []).join(" "), opacity: (shape.opacity ?? 1) === 1 ? null : shape.opacity,
  });
}

function turnOf({ turn, x, y }) {
  return turn ? `rotate(${turn} ${svgNumber(x)} ${svgNumber(y)})` : null;
}

const TEXT_ANCHORS = { left: null, center: "middle", right: "end" };

const TAGS = {
  rect: (shape) => `<rect x="${svgNumber(shape.x)}" y="${svgNumber(shape.y)}" width="${svgNumber(shape.w)}" height="${svgNumber(shape.h)}" rx="${svgNumber(shape.r)}"${svgInk(shape)}/>`,
  path: (shape) => `<path d="${shape.steps.map(([kind, ...numbers]) => kind + numbers.map(svgNumber).join(" ")).join("")}"${svgInk(shape)}/>`,
  polygon: (shape) => `<polygon points="${shape.points.map((point) => point.map(svgNumber).join(",")).join(" ")}"${svgInk(shape)}/>`,
  text(shape) {
    const looks = svgAttributes({ "font-size": svgNumber(shape.size), "font-weight": shape.bold ? 700 : null, "text-anchor": TEXT_ANCHORS[shape.align], transform: turnOf(shape) });
    return `<text x="${svgNumber(shape.x)}" y="${svgNumber(shape.y)}"${looks}${svgInk(shape)}>${xmlText(shape.text)}</text>`;
  },
};
