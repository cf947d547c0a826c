import { useState } from 'react';
import { useSearch } from 'wouter';

import { formatAddress, parseAddress } from './address';

/** The values of the parameters, which stand in the address as p_name. */
export function useParamValues(initial: Record<string, string>) {
  const search = useSearch();
  const [values, setValues] = useState(() => ({ ...initial, ...parseAddress(search).params }));
  const replace = (params: Record<string, string>) => {
    setValues(params);
    const { sql } = parseAddress(location.search);
    const query = formatAddress({ ...(sql !== undefined && { sql }), params });
    history.replaceState(history.state, '', query ? `?${query}` : location.pathname);
  };
  return { values, replace, change: (name: string, value: string) => replace({ ...values, [name]: value }) };
}
