/** What a number of mistakes could show: the curve through what is known, as errors fall with the root of the number. */
export interface Power {
  events: number; // that can be compared
  seen: number; // the smallest ratio that they would have shown 8 times in 10
  needed?: number; // mistakes for the margin
}

/** The smallest ratio that would be seen with so many mistakes. */
export function smallestSeen({ events, seen }: Power, mistakes: number): number {
  return Math.exp(Math.log(seen) * Math.sqrt(events / mistakes));
}

/** Points of the curve, evenly on a logarithmic axis between two numbers of mistakes. */
export function curve(power: Power, [from, to]: [number, number], points = 60): [number, number][] {
  return Array.from({ length: points }, (_, i) => {
    const mistakes = from * (to / from) ** (i / (points - 1));
    return [mistakes, smallestSeen(power, mistakes)];
  });
}
