// Table 1 of the paper, and what a cell's runs have in common, under the name `phases`. Steps are whole numbers, or null for "never".
'use strict';
const phases = (() => {
  const names = ['comprehension', 'grokking', 'memorization', 'confusion', 'undefined'];

  /** The name of the phase of a run by the steps at which it reached its accuracies; `rule` has `budget` and `gap`, in steps. */
  const classify = (trainStep, validationStep, rule) => {
    const train = within(trainStep, rule.budget);
    const validation = within(validationStep, rule.budget);
    if (train === null) return validation === null ? 'confusion' : 'undefined';
    if (validation === null) return 'memorization';
    return validation - train < rule.gap ? 'comprehension' : 'grokking';
  };

  /** A step that comes within the budget, or null. */
  const within = (step, budget) => (step !== null && step <= budget ? step : null);

  /** Accuracies from [number of samples, base64]: fractions of whole samples, exact in double precision, or single precision for 0 samples. */
  const fractions = (code) => {
    if (!code) return null;
    const [samples, text] = code;
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    if (samples === 0) return new Float32Array(bytes.buffer);
    return Float64Array.from(samples < 255 ? bytes : new Uint16Array(bytes.buffer), (count) => count / samples);
  };

  /** Whether an accuracy has reached a threshold; the threshold is rounded as the accuracies are. */
  const reaches = (values, i, threshold, inclusive) => {
    const limit = values instanceof Float32Array ? Math.fround(threshold) : threshold;
    return inclusive ? values[i] >= limit : values[i] > limit;
  };

  /** The first recorded step at which accuracies reach a threshold, from a step on; null where none does. */
  const crossing = (steps, values, threshold, inclusive, from = 0) => {
    if (!values) return null;
    for (let i = 0; i < values.length; i++) if (steps[i] >= from && reaches(values, i, threshold, inclusive)) return steps[i];
    return null;
  };

  /**
   * The step at which a threshold was reached, as well as recorded curves tell: no later than a higher threshold that was reached at a known step, and no
   * earlier than a lower one.
   */
  const moved = (steps, values, threshold, inclusive, own, exact) => {
    if (threshold === own) return exact;
    if (threshold > own) return exact === null ? null : crossing(steps, values, threshold, inclusive, exact);
    const found = crossing(steps, values, threshold, inclusive);
    return found === null || exact === null ? found ?? exact : Math.min(found, exact);
  };

  /** The phase that is most frequent, of equally frequent ones the first of Table 1. */
  const mostFrequent = (found) => names.reduce((best, name) => (count(found, name) > count(found, best) ? name : best));

  const count = (found, name) => found.filter((phase) => phase === name).length;

  /** The middle value, or the mean of the two in the middle; null of nothing, and where that is infinite. */
  const median = (values) => {
    const sorted = [...values].sort((a, b) => a - b);
    if (sorted.length === 0) return null;
    const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
    const middle = low === high ? low : (low + high) / 2;
    return Number.isFinite(middle) ? middle : null;
  };

  /** The middle step; never counts as later than every step. */
  const medianStep = (steps) => median(steps.map((step) => step ?? Infinity));

  /** Relative delay: updates are counted from the first, so that step 0 has a ratio too. */
  const ratio = (train, validation) => (validation + 1) / (train + 1);

  /** The next of 1, 2, 5 times a power of ten, upwards or downwards. */
  const nice = (value, up) => {
    const power = 10 ** Math.floor(Math.log10(value));
    const found = up ? [1, 2, 5, 10].find((step) => step * power >= value * 0.999999) : [10, 5, 2, 1].find((step) => step * power <= value * 1.000001);
    return found * power;
  };

  /** A number as the pages write it: thousands are grouped from five digits on, and nothing has more than three decimals or, when small, two digits. */
  const written = (value) => {
    if (value === 0 || Math.abs(value) >= 0.01) return value.toLocaleString('en-US', { maximumFractionDigits: 3, useGrouping: Math.abs(value) >= 10000 });
    return value.toPrecision(2);
  };

  /** "1 step", "400 steps". */
  const counted = (value, noun) => `${written(value)} ${noun}${value === 1 ? '' : 's'}`;

  return { written, counted, names, classify, within, fractions, crossing, moved, mostFrequent, count, median, medianStep, ratio, nice };
})();
