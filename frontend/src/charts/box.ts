/** Where the plot lies in its drawing, in pixels: around it is room for ticks and labels. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The plot of a drawing so wide and high, with so much room to its right for labels at the ends of lines. */
export function frame(width: number, height: number, room: boolean | number = true): Box {
  const right = room === true ? 156 : room === false ? 16 : room;
  return { left: 48, right: Math.max(width - right, 60), top: 18, bottom: height - 30 };
}
