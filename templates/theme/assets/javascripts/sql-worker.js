/* The worker of sql.js: opens the database in memory and runs queries. Messages: {open: address} -> {opened}, or
   {sql} -> {columns, rows}; what goes wrong -> {error}. */

import sqlite3InitModule from "../sqlite/sqlite3.js";

let database = null;

self.addEventListener("message", async ({ data }) => {
  try {
    if (data.open) {
      database = await read(data.open);
      self.postMessage({ opened: true });
    } else {
      self.postMessage(ask(data.sql));
    }
  } catch (error) {
    self.postMessage({ error: String(error.message ?? error).replace(/^SQLITE_\w+: sqlite3 result code \d+: /, "") });
  }
});

async function read(address) {
  const [sqlite3, bytes] = await Promise.all([sqlite3InitModule({ print() {}, printErr() {} }), download(address)]);
  const { capi, wasm, oo1 } = sqlite3;
  const found = new oo1.DB();
  const place = wasm.allocFromTypedArray(bytes);
  const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_READONLY;
  found.checkRc(capi.sqlite3_deserialize(found.pointer, "main", place, bytes.length, bytes.length, flags));
  return found;
}

async function download(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The database could not be loaded: ${answer.status} ${answer.statusText}`);
  return new Uint8Array(await answer.arrayBuffer());
}

function ask(sql) {
  const columns = [];
  const rows = [];
  database.exec({ sql, rowMode: "array", columnNames: columns, resultRows: rows });
  return { columns, rows: rows.map((row) => row.map((value) => (typeof value === "bigint" ? String(value) : value))) };
}
