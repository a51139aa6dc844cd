// What a training set says about the embedding before any training, by the definitions of the report's theory: sets (definition 1, eq. 7, appendices D and E)
// in exact integers, dynamics (eq. 5, 8, 9) in double precision. Pure functions; nothing here knows of the page.
'use strict';
const Theory = (() => {
  const gcd = (a, b) => {
    while (b !== 0n) [a, b] = [b, a % b];
    return a < 0n ? -a : a;
  };

  // A row without its common divisor; its first entry that is not zero becomes positive.
  const primitive = (row) => {
    const divisor = row.reduce(gcd, 0n);
    if (divisor === 0n) return row;
    const sign = row.find((entry) => entry !== 0n) < 0n ? -divisor : divisor;
    return row.map((entry) => entry / sign);
  };

  // The reduced echelon form over the rationals, each row scaled to integers without a common divisor: no rounding anywhere.
  function echelon(rows, columns) {
    const done = [];
    let rest = rows;
    for (let column = 0; column < columns && rest.length > 0; column++) {
      const found = rest.findIndex((row) => row[column] !== 0n);
      if (found < 0) continue;
      const pivot = primitive(rest[found]);
      const cleared = (row) => row[column] === 0n ? row : primitive(row.map((entry, k) => (entry * pivot[column]) - (row[column] * pivot[k])));
      rest = rest.filter((_, k) => k !== found).map(cleared).filter((row) => row.some((entry) => entry !== 0n));
      for (const earlier of done) earlier.row = cleared(earlier.row);
      done.push({ column, row: pivot });
    }
    return done;
  }

  // Images of the unit vectors in the quotient of Q^columns by the row space, all scaled by one integer. A combination of unit vectors lies in the row
  // space exactly when the same combination of images vanishes; and the k-th images' scalar products with any fixed vector solve the equations.
  function quotient(form, columns) {
    const isPivot = new Set(form.map(({ column }) => column));
    const free = [...Array(columns).keys()].filter((column) => !isPivot.has(column));
    const scale = form.reduce((product, { column, row }) => product / gcd(product, row[column]) * row[column], 1n);
    const images = Array.from({ length: columns }, (_, k) => free.map((column) => (column === k ? scale : 0n)));
    for (const { column, row } of form) images[column] = free.map((other) => -row[other] * (scale / row[column]));
    return images;
  }

  // All vectors that every row takes to zero: integers, one basis vector per row of the answer.
  function nullSpace(rows, columns) {
    const images = quotient(echelon(rows, columns), columns);
    return images[0].map((_, k) => images.map((image) => image[k]));
  }

  // Unordered pairs in canonical order: (0,0),(0,1),..,(0,P-1),(1,1),..
  function pairsOf(symbols, operation) {
    const pairs = [];
    for (let a = 0; a < symbols; a++) {
      for (let b = a; b < symbols; b++) pairs.push({ a, b, answer: operation === 'modular_add' ? (a + b) % symbols : a + b });
    }
    return pairs;
  }

  // P0(D), the nullity of A(P0(D)), P(D) and the pairs in D̄(D, P(D)), for D given as one truth value per pair in canonical order.
  function structure(symbols, operation, trained) {
    const pairs = pairsOf(symbols, operation);
    const classes = new Map();
    pairs.forEach(({ answer }, s) => classes.set(answer, [...classes.get(answer) ?? [], s]));
    const couples = (count) => count * (count - 1) / 2;
    const unit = ({ a, b }) => {
      const row = Array(symbols).fill(0n);
      row[a]++;
      row[b]++;
      return row;
    };

    // Within a class the differences to its first trained pair span all others.
    const rows = [];
    let [all, permissible] = [0, 0];
    for (const members of classes.values()) {
      const shown = members.filter((s) => trained[s]);
      all += couples(members.length);
      permissible += couples(shown.length);
      for (const s of shown.slice(1)) {
        const first = unit(pairs[shown[0]]);
        rows.push(unit(pairs[s]).map((entry, k) => entry - first[k]));
      }
    }
    const form = echelon(rows, symbols);
    const images = quotient(form, symbols);

    // Two pairs of a class form an implied parallelogram exactly when their sums have the same image.
    const groups = new Map();
    pairs.forEach(({ a, b, answer }, s) => {
      const key = `${answer}:${images[a].map((entry, k) => entry + images[b][k])}`;
      groups.set(key, [...groups.get(key) ?? [], s]);
    });
    const groupOf = Array(pairs.length);
    let implied = 0;
    for (const members of groups.values()) {
      implied += couples(members.length);
      for (const s of members) groupOf[s] = members;
    }
    const determined = groupOf.map((members) => members.some((s) => trained[s]));
    const known = determined.filter((is) => is).length;
    const shown = trained.filter((is) => is).length;
    return {
      symbols, operation, pairs, trained, classes, groupOf, determined, images, all, permissible, implied, known, shown,
      nullity: symbols - form.length,
      idealRqi: all === 0 ? 1 : implied / all,
      idealAccuracy: known / pairs.length,
      idealValidationAccuracy: shown === pairs.length ? null : (known - shown) / (pairs.length - shown),
    };
  }

  // G = AᵀA without visiting a parallelogram: a class of n trained pairs v_s adds n Σ v_s v_sᵀ - (Σ v_s)(Σ v_s)ᵀ.
  function gram({ symbols, pairs, trained, classes }) {
    const matrix = Array.from({ length: symbols }, () => Array(symbols).fill(0));
    for (const members of classes.values()) {
      const shown = members.filter((s) => trained[s]);
      const sum = Array(symbols).fill(0);
      for (const s of shown) {
        const { a, b } = pairs[s];
        for (const i of [a, b]) {
          sum[i]++;
          for (const j of [a, b]) matrix[i][j] += shown.length;
        }
      }
      for (let i = 0; i < symbols; i++) {
        for (let j = 0; j < symbols; j++) matrix[i][j] -= sum[i] * sum[j];
      }
    }
    return matrix;
  }

  // Jacobi's rotations: eigenvalues in ascending order and an orthonormal eigenvector for each.
  function eigen(matrix) {
    const n = matrix.length;
    const a = matrix.map((row) => [...row]);
    const vectors = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
    const size = Math.hypot(...a.flat());
    const rotate = (x, y, c, s) => [(c * x) - (s * y), (s * x) + (c * y)];
    for (let sweep = 0; sweep < 100; sweep++) {
      let off = 0;
      for (let p = 0; p < n; p++) {
        for (let q = p + 1; q < n; q++) {
          off = Math.max(off, Math.abs(a[p][q]));
          if (a[p][q] === 0) continue;
          const ratio = (a[q][q] - a[p][p]) / (2 * a[p][q]);
          const t = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(ratio, 1));
          const c = 1 / Math.hypot(t, 1);
          for (let k = 0; k < n; k++) [a[k][p], a[k][q]] = rotate(a[k][p], a[k][q], c, t * c);
          for (let k = 0; k < n; k++) {
            [a[p][k], a[q][k]] = rotate(a[p][k], a[q][k], c, t * c);
            [vectors[p][k], vectors[q][k]] = rotate(vectors[p][k], vectors[q][k], c, t * c);
          }
          [a[p][q], a[q][p]] = [0, 0];
        }
      }
      if (off <= 1e-17 * size) break;
    }
    const order = a.map((_, k) => k).sort((p, q) => a[p][p] - a[q][q]);
    return { values: order.map((k) => a[k][k]), vectors: order.map((k) => vectors[k]) };
  }

  // The effective theory over P0(D): H = 2 w G / Z0 with w = 1/|P0(D)| and Z0 = P by the paper, w = 1 and Z0 = P - 1 by the authors' code.
  function effective(of, convention) {
    const { values, vectors } = eigen(gram(of));
    values.fill(0, 0, of.nullity); // The exact nullity says how many vanish; rounding does not.
    const isPaper = convention === 'paper';
    const weight = isPaper ? 1 / Math.max(1, of.permissible) : 1;
    const factor = (squaredNorm) => 2 * weight / squaredNorm;
    const rates = values.map((value) => value * factor(isPaper ? of.symbols : of.symbols - 1));
    const rate = of.symbols < 3 ? 0 : rates[2];
    return {
      values, vectors, factor, rates, rate, convention,
      lambda3: isPaper ? rate : values[Math.min(2, of.symbols - 1)],
      stepsPerRelaxation: (learningRate) => (rate > 0 ? 1 / rate / learningRate : null),
    };
  }

  // Ẽ of one dimension: mean removed, divided by the spread, whose square divides by P in the paper and by P - 1 in the authors' code.
  function normalise(embedding, convention) {
    const mean = embedding.reduce((sum, value) => sum + value, 0) / embedding.length;
    const centred = embedding.map((value) => value - mean);
    const squares = centred.reduce((sum, value) => sum + (value * value), 0);
    const spread = Math.sqrt(squares / (convention === 'paper' ? embedding.length : embedding.length - 1));
    return centred.map((value) => value / spread);
  }

  // Ẽ at a time from a normalised start. Linear flow: a sum of exponentials. Full flow: the same, rescaled to the Z0 that it conserves.
  function trajectory({ values, vectors, factor }, start) {
    const squaredNorm = (vector) => vector.reduce((sum, value) => sum + (value * value), 0);
    const first = squaredNorm(start);
    const amplitudes = vectors.map((vector) => vector.reduce((sum, value, i) => sum + (value * start[i]), 0));
    return (time, flow) => {
      const at = Array(start.length).fill(0);
      vectors.forEach((vector, k) => {
        const part = Math.exp(-values[k] * factor(first) * time) * amplitudes[k];
        for (let i = 0; i < at.length; i++) at[i] += part * vector[i];
      });
      const scale = flow === 'full' ? Math.sqrt(first / squaredNorm(at)) : 1;
      return at.map((value) => value * scale);
    };
  }

  // The same numbers for the same seed, in the range 0..1 with 24 random bits: a counter, mixed by multiplications and shifts.
  function random(seed) {
    let state = Math.imul(seed, 0x9e3779b1);
    return () => {
      state = (state + 0x9e3779b9) | 0;
      let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return ((mixed ^ (mixed >>> 15)) >>> 8) / 0x1000000;
    };
  }

  // An embedding before training, uniform in -½..½ as the authors draw theirs.
  function start(symbols, seed) {
    const next = random(seed);
    return Array.from({ length: symbols }, () => next() - 0.5);
  }

  // 0..count-1 in a random order.
  function shuffled(count, seed) {
    const next = random(seed);
    const order = [...Array(count).keys()];
    for (let k = count - 1; k > 0; k--) {
      const other = Math.floor(next() * (k + 1));
      [order[k], order[other]] = [order[other], order[k]];
    }
    return order;
  }

  return { echelon, nullSpace, pairsOf, structure, effective, normalise, trajectory, start, shuffled };
})();
