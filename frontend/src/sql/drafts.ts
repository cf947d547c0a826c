/** Drafts live in the browser's own database, so that closing a tab, reloading or losing the network loses nothing. */

const NAME = 'baserate-sql';
const STORE = 'drafts';

export interface Draft {
  text: string;
  at: number;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps no drafts'));
  });
}

async function within<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = db.transaction(STORE, mode);
      const request = ask(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error ?? new Error('the draft was not kept'));
      transaction.onabort = transaction.onerror;
    });
  } finally {
    db.close();
  }
}

/** The newest draft at a place, or undefined; a browser that keeps none has none. */
export async function readDraft(place: string): Promise<Draft | undefined> {
  const last = parting(place);
  try {
    const kept = (await within('readonly', (store) => store.get(place))) as Draft | undefined;
    return last && (!kept || last.at > kept.at) ? last : kept;
  } catch {
    return last;
  }
}

/** Keeps a draft in the moment in which the page goes: the database would answer too late. */
export function writeParting(place: string, text: string): void {
  try {
    localStorage.setItem(`${NAME} ${place}`, JSON.stringify({ text, at: Date.now() } satisfies Draft));
  } catch {
    // full, or not allowed: what was written before is kept
  }
}

function parting(place: string): Draft | undefined {
  try {
    return JSON.parse(localStorage.getItem(`${NAME} ${place}`) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a draft. Reports whether the browser did. */
export async function writeDraft(place: string, text: string): Promise<boolean> {
  try {
    await within('readwrite', (store) => store.put({ text, at: Date.now() } satisfies Draft, place));
    localStorage.removeItem(`${NAME} ${place}`);
    return true;
  } catch {
    return false;
  }
}

export async function dropDraft(place: string): Promise<void> {
  try {
    localStorage.removeItem(`${NAME} ${place}`);
    await within('readwrite', (store) => store.delete(place));
  } catch {
    // there is none then
  }
}
