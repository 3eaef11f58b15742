import type { Texts } from '../texts'

export const run: Texts['run'] = {
  run: 'Ausführen',
  stop: 'Anhalten',
  withKeys: (what, key) => `${what} (${key} Eingabe)`,
  problems: 'Probleme',
  worthALook: 'Einen Blick wert',
  compiling: 'Wird übersetzt …',
  lost: 'Die Verbindung ist abgebrochen',
  lostDetail: 'Das Programm wurde mit ihr beendet. Bitte noch einmal ausführen, wenn die Verbindung zurück ist.',
  reconnecting: 'Verbindung verloren, sie wird wiederhergestellt …',
  missed: (bytes) => `… ${Math.ceil(bytes / 1024)} KiB älterer Ausgabe sind nicht mehr da …`,
  serviceStops: (seconds) => `Der Dienst startet gleich neu: Dieses Programm wird spätestens in ${seconds} s beendet.`,
  ended: 'Das Programm ist beendet',
  endedAway: 'Es wurde beendet, während diese Seite weg war. Bitte noch einmal ausführen.',
}
