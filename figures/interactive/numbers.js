// Numbers as they are read: fixed decimals, a real minus sign, and no minus before a zero.

export function fixed(value, decimals) {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** A loss or a slope, which may be anything from tiny to astronomic. */
export function short(value, decimals = 2) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : value < 0 ? "−∞" : "∞";
  return Math.abs(value) < 1e5 ? fixed(value, decimals) : scientific(value);
}

/** A number by two digits and a power of ten: 1.2 × 10⁻⁵. */
export function scientific(value) {
  const [digits, power] = Math.abs(value).toExponential(1).split("e");
  return `${value < 0 ? "−" : ""}${digits} × ${powerOfTen(power)}`;
}

/** 10⁻³ for -3. */
export function powerOfTen(power) {
  const digits = [...String(Math.abs(power))].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]);
  return `10${power < 0 ? "⁻" : ""}${digits.join("")}`;
}

/** A number of any size, in as many digits as can be read at a glance: 0.5, 0.00012, 3.1 × 10⁻⁷. */
export function tidy(value) {
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-4 && size < 1e5)) return String(Number(value.toPrecision(5))).replace("-", "−");
  if (!Number.isFinite(value)) return short(value);
  const [digits, power] = value.toExponential(1).split("e");
  return `${digits.replace(".0", "").replace("-", "−")} × ${powerOfTen(power)}`.replace(/^(−?)1 × /, "$1");
}

/** A factor, also one so close below 1 that decimals would not show it: 1 − 1.2 × 10⁻⁷. */
export function nearOne(value, decimals) {
  return value < 1 && value > 1 - 0.5 / 10 ** decimals ? `1 − ${scientific(1 - value)}` : fixed(value, decimals);
}

/** In brackets where it is negative, as a factor that follows a sign must be. */
export function factor(value, decimals) {
  const text = fixed(value, decimals);
  return text.startsWith("−") ? `(${text})` : text;
}
