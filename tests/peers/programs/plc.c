/* A controller (PLC) on libmodbus: the other side of the station's hand-shake, measured by its own
 * clock. It is the Modbus server; the station polls it.
 *
 *     plc PORT PARTS WINDOW_MS PAUSE_MS [CUT_AT ...]
 *
 * A part is passed only on VALID && OK && !NG && SEQ == its own inside the window. At the parts
 * CUT_AT the connection is closed while the part is under way. Each part is a line of JSON on
 * stdout, and the last line is the summary. SIGSTOP it to make the link hang. */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TRIG, ACK, RESET, HB_PLC, READY = 16, BUSY, VALID, OK, NG, FAULT, HB };
enum { SEQ, RECIPE, PART_ID, SEQ_ECHO = 16, CODE, SCORE, CYCLE_MS };
enum { WATCHDOG_MS = 1500, BEAT_MS = 250, MOST = 100000 };

static modbus_mapping_t *map;
static uint8_t *bit;
static uint16_t *word;
static int parts, seq, ok, ng, missed_window, wrong_seq, both, neither, cuts, watchdogs, ok_outside;
static double window_ms, pause_ms, raised, next_at, beat_at, hb_at, acked, busy_ms[MOST], valid_ms[MOST];
static int n_busy, n_valid, seen_busy, state, hb_was, was_ok_valid;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b) {
  double d = *(const double *)a - *(const double *)b;
  return d < 0 ? -1 : d > 0;
}

static double quantile(double *v, int n, double q) { return n ? v[(int)((n - 1) * q)] : -1; }

static void rest(void) { memset(bit + READY, 0, HB - READY + 1); }

static void said(const char *what, double t) {
  printf("{\"seq\": %d, \"said\": \"%s\", \"code\": %d, \"ms\": %.3f}\n", seq, what, word[CODE], t - raised);
}

static void raise_trigger(double t) {
  char id[17] = {0};
  seq++;
  snprintf(id, sizeof id, "P%d", seq);
  for (int i = 0; i < 8; i++) word[PART_ID + i] = (uint8_t)id[2 * i] << 8 | (uint8_t)id[2 * i + 1];
  word[SEQ] = (uint16_t)seq;
  bit[ACK] = 0;
  bit[TRIG] = 1;
  raised = t;
  seen_busy = 0;
  state = 1;
}

static void answered(double t) {
  if (bit[OK] && bit[NG]) both++;
  if (!bit[OK] && !bit[NG]) neither++;
  if (word[SEQ_ECHO] != (uint16_t)seq) {
    wrong_seq++;
    said("wrong seq", t);
  } else if (bit[OK] && !bit[NG]) {
    ok++;
    said("ok", t);
  } else {
    ng++;
    said("ng", t);
  }
  valid_ms[n_valid++] = t - raised;
  bit[TRIG] = 0;
  bit[ACK] = 1;
  acked = t;
  state = 2;
}

static void window_closed(double t) {
  missed_window++;
  said("window", t);
  bit[TRIG] = 0;
  acked = t;
  state = 2;
}

/* One scan: after every request, and at least every two milliseconds. */
static void scan(double t) {
  if (t - beat_at >= BEAT_MS) bit[HB_PLC] = !bit[HB_PLC], beat_at = t;
  if (bit[HB] != hb_was) hb_was = bit[HB], hb_at = t;
  if (t - hb_at > WATCHDOG_MS && (bit[READY] || bit[VALID])) watchdogs++, rest();
  if (bit[VALID] && bit[OK] && !was_ok_valid && state != 1) ok_outside++;
  was_ok_valid = bit[VALID] && bit[OK];
  if (state == 0 && seq < parts && t >= next_at && bit[READY]) {
    raise_trigger(t);
  } else if (state == 1) {
    if (!seen_busy && bit[BUSY]) busy_ms[n_busy++] = t - raised, seen_busy = 1;
    if (t - raised > window_ms) window_closed(t);
    else if (bit[VALID]) answered(t);
  } else if (state == 2 && !bit[VALID]) {
    bit[ACK] = 0;
    next_at = t + pause_ms;
    state = 0;
  }
}

static void report(void) {
  qsort(busy_ms, n_busy, sizeof *busy_ms, by_size);
  qsort(valid_ms, n_valid, sizeof *valid_ms, by_size);
  printf("{\"parts\": %d, \"ok\": %d, \"ng\": %d, \"window\": %d, \"wrong_seq\": %d, \"both\": %d, "
         "\"neither\": %d, \"cuts\": %d, \"watchdogs\": %d, \"ok_outside\": %d, "
         "\"busy_ms\": {\"n\": %d, \"median\": %.3f, \"p99\": %.3f, \"max\": %.3f}, "
         "\"valid_ms\": {\"n\": %d, \"median\": %.3f, \"p99\": %.3f, \"max\": %.3f}}\n",
         seq, ok, ng, missed_window, wrong_seq, both, neither, cuts, watchdogs, ok_outside, n_busy,
         quantile(busy_ms, n_busy, .5), quantile(busy_ms, n_busy, .99), quantile(busy_ms, n_busy, 1),
         n_valid, quantile(valid_ms, n_valid, .5), quantile(valid_ms, n_valid, .99),
         quantile(valid_ms, n_valid, 1));
  fflush(stdout);
}

static int readable(int a, int b) {
  fd_set set;
  struct timeval wait = {0, 1000};
  FD_ZERO(&set);
  FD_SET(a, &set);
  if (b >= 0) FD_SET(b, &set);
  if (select((a > b ? a : b) + 1, &set, NULL, NULL, &wait) <= 0) return 0;
  return (FD_ISSET(a, &set) ? 1 : 0) | (b >= 0 && FD_ISSET(b, &set) ? 2 : 0);
}

int main(int count, char **words) {
  if (count < 5) return 2;
  parts = atoi(words[2]);
  window_ms = atof(words[3]);
  pause_ms = atof(words[4]);
  setvbuf(stdout, NULL, _IOLBF, 0);
  modbus_t *bus = modbus_new_tcp("127.0.0.1", atoi(words[1]));
  map = modbus_mapping_new(32, 0, 32, 0);
  bit = map->tab_bits;
  word = map->tab_registers;
  int listening = modbus_tcp_listen(bus, 1), link = -1;
  if (listening < 0) return 3;
  printf("{\"listening\": %s}\n", words[1]);
  uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
  double done = 0;
  while (!done || now() - done < 200) {
    int ready = readable(listening, link);
    if (ready & 1) {
      if (link >= 0) close(link);
      link = modbus_tcp_accept(bus, &listening);
    }
    if (ready & 2) {
      int size = modbus_receive(bus, query);
      if (size > 0) modbus_reply(bus, query, size, map);
      if (size < 0) close(link), link = -1, rest();
    }
    scan(now());
    for (int i = 5; i < count; i++)
      if (link >= 0 && state == 1 && seen_busy && seq == atoi(words[i])) {
        words[i] = "0";
        cuts++;
        close(link);
        link = -1;
        rest();
      }
    if (!done && seq == parts && state == 0) done = now();
  }
  report();
  modbus_mapping_free(map);
  return 0;
}
