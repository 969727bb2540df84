/** Short tones made on the spot, no files. A browser lets a page sound only after the person touched it. */
let context: AudioContext | undefined;

/** Called on any key or click: from then on tones can be heard. */
export function unlockSound(): void {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
}

interface Tone {
  readonly hertz: number;
  readonly atMs: number;
  readonly lengthMs: number;
}

/** Each can be told from the others without looking, and none is shrill: it is heard a hundred times a day. */
const TONES = {
  /** 30 s are left. */
  soon: [{ hertz: 523, atMs: 0, lengthMs: 140 }],
  /** 10 s are left. */
  now: [
    { hertz: 659, atMs: 0, lengthMs: 120 },
    { hertz: 659, atMs: 180, lengthMs: 120 },
  ],
  /** The promised time is over. */
  over: [
    { hertz: 784, atMs: 0, lengthMs: 140 },
    { hertz: 659, atMs: 180, lengthMs: 140 },
    { hertz: 784, atMs: 360, lengthMs: 240 },
  ],
  /** A call, or a second one, is there. */
  call: [
    { hertz: 440, atMs: 0, lengthMs: 110 },
    { hertz: 587, atMs: 130, lengthMs: 160 },
  ],
} as const satisfies Record<string, readonly Tone[]>;
export type ToneName = keyof typeof TONES;

/** A tone that comes later than this would be taken for another. */
const LATE_MS = 1_000;

export function play(name: ToneName): void {
  // After a reload the browser may let the page sound at once; if not, the first touch does.
  context ??= new AudioContext();
  if (context.state === 'running') return sound(context, name);
  const audio = context;
  const askedAt = performance.now();
  // A new context takes a moment to run; where it may not, this waits for the touch, and the tone is not worth it then.
  void audio.resume().then(() => {
    if (performance.now() - askedAt < LATE_MS) sound(audio, name);
  });
}
function sound(context: AudioContext, name: ToneName): void {
  const start = context.currentTime + 0.01;
  for (const tone of TONES[name]) {
    const from = start + tone.atMs / 1000;
    const to = from + tone.lengthMs / 1000;
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    oscillator.type = 'sine';
    oscillator.frequency.value = tone.hertz;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(0.18, from + 0.015);
    gain.gain.setTargetAtTime(0, to - 0.05, 0.02);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(from);
    oscillator.stop(to + 0.15);
  }
}
