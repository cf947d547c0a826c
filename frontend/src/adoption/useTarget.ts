import { useClaim } from '../api/queries';

/** The share that the claim adoption is held against, as its definition has it. */
export function useTarget(): number | undefined {
  return useClaim('adoption').data?.target ?? undefined;
}
