export { TimeAxis, ValueAxis } from './Axes';
export { frame, type Box } from './box';
export { FigureFrame } from './FigureFrame';
export { FigureTable } from './FigureTable';
export { LineChart } from './LineChart';
export { Num } from './Num';
export { pushApart, runs, type Series, type Step } from './series';
export { cellWords, isNumeric, numberWords, type Unit } from './units';
export { useCursor } from './useCursor';
