/**
 * Shows a walk of steps as if it were taken now. The first steps, where most happens, can be followed one by one; the
 * pace then grows: `longest` steps take six seconds. show(step) is called for each that is seen.
 * Where the reader asked for less motion, it jumps to the end.
 */
export function makePlayer(figure, longest, show) {
  let frame = 0;

  function halt() {
    cancelAnimationFrame(frame);
    frame = 0;
    figure.request();
  }

  return {
    get playing() {
      return frame > 0;
    },
    halt,
    play(last) {
      halt();
      if (figure.calm()) return show(last);
      const begun = performance.now();
      const next = (now) => {
        const part = Math.max(0, (now - begun) / 6000);
        const step = Math.min(last, Math.floor(longest * part ** 2.2));
        frame = step < last ? requestAnimationFrame(next) : 0;
        show(step);
      };
      frame = requestAnimationFrame(next);
    },
  };
}
