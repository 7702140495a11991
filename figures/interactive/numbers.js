// Numbers as they are read: fixed decimals, a real minus sign, and no minus before a zero.

export function fixed(value, decimals) {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** A loss or a slope, which may be anything from tiny to astronomic. */
export function short(value, decimals = 2) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : value < 0 ? "−∞" : "∞";
  if (Math.abs(value) < 1e5) return fixed(value, decimals);
  const [digits, power] = Math.abs(value).toExponential(1).split("e+");
  const raised = [...power].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("");
  return `${value < 0 ? "−" : ""}${digits} × 10${raised}`;
}

/** In brackets where it is negative, as a factor that follows a sign must be. */
export function factor(value, decimals) {
  const text = fixed(value, decimals);
  return text.startsWith("−") ? `(${text})` : text;
}
