// A clock for servers that know only the machine's: emulate stamps what happens with Date, and a history that happened within
// one second says nothing about time.
const Machine = Date;
let stands = null; // the moment at which the clock stands, in milliseconds; null: it runs

globalThis.Date = class extends Machine {
  constructor(...given) {
    super(...(given.length === 0 ? [Date.now()] : given));
  }

  static now() {
    return stands ?? Machine.now();
  }
};

// set makes the clock stand at a moment; without one it runs again.
export function set(moment) {
  stands = moment ? Machine.parse(moment) : null;
}
