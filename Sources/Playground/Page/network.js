"use strict";
// The network of lessons 9 and 12 and the kit's generator of random numbers, as the reference has them: the same equations, summed in
// the same order. The numbers beside the functions are those of the steps. An example is a column: X (n, m), W (n_l, n_{l−1}), b (n_l, 1).

// MARK: Matrices

/** Zeros; `at` holds the elements row by row. */
const matrix = (rows, columns) => ({ rows, columns, at: new Float64Array(rows * columns) });

/** f of each element. */
function map(A, f) {
  const B = matrix(A.rows, A.columns);
  for (let k = 0; k < B.at.length; k++) B.at[k] = f(A.at[k]);
  return B;
}

/** f of the elements of two matrices of one shape. */
function combine(A, B, f) {
  const C = matrix(A.rows, A.columns);
  for (let k = 0; k < C.at.length; k++) C.at[k] = f(A.at[k], B.at[k]);
  return C;
}

function transposed(A) {
  const B = matrix(A.columns, A.rows);
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < A.columns; j++) B.at[j * A.rows + i] = A.at[i * A.columns + j];
  return B;
}

/** AB; each sum is taken in the order of k. */
function product(A, B) {
  const C = matrix(A.rows, B.columns);
  for (let i = 0; i < A.rows; i++) {
    for (let k = 0; k < A.columns; k++) {
      const a = A.at[i * A.columns + k];
      for (let j = 0; j < B.columns; j++) C.at[i * B.columns + j] += a * B.at[k * B.columns + j];
    }
  }
  return C;
}

function rowSums(A) {
  const sums = matrix(A.rows, 1);
  for (let i = 0; i < A.rows; i++) for (let j = 0; j < A.columns; j++) sums.at[i] += A.at[i * A.columns + j];
  return sums;
}

/** The points of a set as the network takes them: X (2, m), Y (1, m). */
const examples = ({ x1, x2, y }) => ({
  X: { rows: 2, columns: y.length, at: Float64Array.from([...x1, ...x2]) },
  Y: { rows: 1, columns: y.length, at: Float64Array.from(y) },
});

const sum = (A) => A.at.reduce((total, x) => total + x, 0);

// MARK: Random numbers

/** SplitMix64, and numbers from its bits by the same rules as the kit's `SeededGenerator`. */
class SeededGenerator {
  constructor(seed) { this.state = BigInt.asUintN(64, BigInt(seed)); }

  next() {
    const mask = (x) => BigInt.asUintN(64, x);
    this.state = mask(this.state + 0x9e3779b97f4a7c15n);
    let z = this.state;
    z = mask((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = mask((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  }

  /** From [0, 1): the top 53 bits. */
  uniform() { return Number(this.next() >> 11n) * 2 ** -53; }

  /** Mean 0, deviation 1. */
  normal() { return normalQuantile(Math.max(this.uniform(), 2 ** -54)); }
}

/** Φ⁻¹(p): Wichura's algorithm AS 241 (Applied Statistics 37, 1988), three quotients of polynomials. */
function normalQuantile(p) {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * quotient(0.180625 - q * q, middle);
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const z = r <= 5 ? quotient(r - 1.6, tail) : quotient(r - 5, farTail);
  return q < 0 ? -z : z;
}

function quotient(x, [numerator, denominator]) {
  const value = (coefficients) => coefficients.reduce((y, c) => y * x + c, 0);
  return value(numerator) / value(denominator);
}

const middle = [
  [2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
    1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0],
  [5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
    5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0],
];
const tail = [
  [7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
    3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0],
  [1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
    6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0],
];
const farTail = [
  [2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
    2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0],
  [2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
    1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0],
];

// MARK: The network

/** g, and its derivative from Z and A = g(Z). */
const activations = {
  tanh: { g: Math.tanh, derivative: (z, a) => 1 - a * a },
  relu: { g: (z) => Math.max(z, 0), derivative: (z) => (z > 0 ? 1 : 0) },
  sigmoid: { g: (z) => 1 / (1 + Math.exp(-z)), derivative: (z, a) => a * (1 - a) },
  identity: { g: (z) => z, derivative: () => 1 },
};

/** The least argument of a logarithm. */
const logFloor = 2 ** -50;

/** 9.1: W is normal·√(2/n_{l−1}), b is 0. */
function initialLayers(sizes, generator) {
  return sizes.slice(1).map((n, l) => {
    const deviation = Math.sqrt(2 / sizes[l]);
    return { W: map(matrix(n, sizes[l]), () => deviation * generator.normal()), b: matrix(n, 1) };
  });
}

/** 9.2, 9.3: Z = W A_prev + b, A = g(Z). */
function layerForward(APrev, { W, b }, activation) {
  const Z = product(W, APrev);
  for (let k = 0; k < Z.at.length; k++) Z.at[k] += b.at[Math.floor(k / Z.columns)];
  return { APrev, Z, A: map(Z, activations[activation].g), activation };
}

/** 9.4: the caches of layers 1 … L; the output is the last one's A. The last layer's g is σ. */
function forward(X, layers, hidden) {
  const caches = [];
  layers.forEach((layer, l) => {
    const APrev = l > 0 ? caches[l - 1].A : X;
    caches.push(layerForward(APrev, layer, l < layers.length - 1 ? hidden : "sigmoid"));
  });
  return caches;
}

const output = (caches) => caches[caches.length - 1].A;

/** 9.5: the mean over the examples of −y log a − (1 − y) log(1 − a). */
function crossEntropy(A, Y) {
  const log = (x) => Math.log(Math.max(x, logFloor));
  return sum(combine(A, Y, (a, y) => -y * log(a) - (1 - y) * log(1 - a))) / A.columns;
}

/** 12.1: λ/(2m) Σ‖W[l]‖². */
function penalty(layers, lambda, m) {
  return (lambda / (2 * m)) * layers.reduce((squares, { W }) => squares + sum(map(W, (w) => w * w)), 0);
}

/** 9.6, 9.7, 9.8, 12.1: dW and db of layers 1 … L. dZ[L] = A[L] − Y; (λ/m) W of the penalty is added to each dW. */
function backward(Y, layers, caches, lambda) {
  const m = Y.columns;
  const gradients = [];
  let dZ = combine(output(caches), Y, (a, y) => a - y);
  for (let l = layers.length - 1; l >= 0; l--) {
    const { W } = layers[l];
    const dW = map(product(dZ, transposed(caches[l].APrev)), (x) => x / m);
    const db = map(rowSums(dZ), (x) => x / m);
    gradients.unshift({ dW: combine(dW, W, (d, w) => d + (lambda / m) * w), db });
    if (l > 0) {
      const { Z, A, activation } = caches[l - 1];
      const dA = product(transposed(W), dZ);
      const slope = combine(Z, A, activations[activation].derivative);
      dZ = combine(dA, slope, (d, s) => d * s);
    }
  }
  return gradients;
}

/** 9.9: W ← W − α dW, b ← b − α db. */
function update(layers, gradients, rate) {
  const step = (p, d) => p - rate * d;
  return layers.map(({ W, b }, l) => ({ W: combine(W, gradients[l].dW, step), b: combine(b, gradients[l].db, step) }));
}

/** 9.11: the share of examples whose class, 1 where a ≥ ½, is right. */
function accuracy(A, Y) {
  return sum(combine(A, Y, (a, y) => ((a >= 0.5 ? 1 : 0) === y ? 1 : 0))) / A.columns;
}

// MARK: A training

/**
 * A training with all examples in every step, so that a step is an epoch. Epoch 0 is the start.
 *
 * It is settled by its settings and data. So only some epochs' weights are kept; those between are trained again when asked for.
 */
class Training {
  /** data: { train: { X, Y }, test: { X, Y } }; settings: { hidden: [sizes], activation, rate, lambda, seed }. */
  constructor(data, settings) {
    this.data = data;
    this.settings = settings;
    const sizes = [data.train.X.rows, ...settings.hidden, 1];
    this.layers = initialLayers(sizes, new SeededGenerator(settings.seed));
    this.kept = [this.layers];
    this.spacing = 1;
    /** By epoch: J with the penalty, the cross-entropy of both parts, and the shares that are right. */
    this.curves = { cost: [], train: [], test: [], trainAccuracy: [], testAccuracy: [] };
    this.record();
  }

  /** The last epoch trained. */
  get last() { return this.curves.cost.length - 1; }

  record() {
    const { train, test } = this.data;
    const { activation, lambda } = this.settings;
    this.caches = forward(train.X, this.layers, activation);
    const A = output(this.caches);
    const ATest = output(forward(test.X, this.layers, activation));
    const cost = crossEntropy(A, train.Y);
    this.curves.train.push(cost);
    this.curves.cost.push(cost + penalty(this.layers, lambda, train.X.columns));
    this.curves.test.push(crossEntropy(ATest, test.Y));
    this.curves.trainAccuracy.push(accuracy(A, train.Y));
    this.curves.testAccuracy.push(accuracy(ATest, test.Y));
  }

  /** 9.10: one epoch more. */
  advance() {
    this.layers = this.stepped(this.layers, this.caches);
    this.record();
    if (this.last % this.spacing === 0) this.kept.push(this.layers);
    if (this.kept.length > 512) {
      this.kept = this.kept.filter((_, k) => k % 2 === 0);
      this.spacing *= 2;
    }
  }

  stepped(layers, caches) {
    return update(layers, backward(this.data.train.Y, layers, caches, this.settings.lambda), this.settings.rate);
  }

  /** The layers as they were at an epoch that has been trained. */
  layersAt(epoch) {
    if (epoch === this.last) return this.layers;
    const place = Math.floor(epoch / this.spacing);
    let layers = this.kept[place];
    for (let t = place * this.spacing; t < epoch; t++) {
      layers = this.stepped(layers, forward(this.data.train.X, layers, this.settings.activation));
    }
    return layers;
  }
}
