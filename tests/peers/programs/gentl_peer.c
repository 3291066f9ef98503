/* A GenTL producer with one camera: software and line trigger, pictures in pieces, one that goes.
 *
 * gcc -shared -fPIC -pthread -o peer.cti gentl_peer.c
 * GENTL_PEER is its folder. There lie camera.xml, its description, and `lock`, which is held while
 * the camera is open in any process. Files that a test puts there make it suffer:
 *   gone: it answers nobody and sends nothing.      hang: whoever talks to it waits.
 *   broken: its next picture comes in pieces.       skip: its next picture does not come at all.
 *   pulse: somebody pulses its line, once.
 * Each picture tells, as 32 black and white squares, the UTC milliseconds at which it was taken.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

typedef int32_t E;
typedef void *H;
enum { OK = 0, NOT_INIT = -1002, NOT_IMPLEMENTED = -1003, IN_USE = -1004, BAD_ID = -1007,
       IO = -1010, TIMEOUT = -1011, ABORT = -1012, NOT_AVAILABLE = -1014,
       BAD_ADDRESS = -1015, TOO_SMALL = -1016, BAD_INDEX = -1017 };
enum { STRING = 1, INT32 = 5, UINT32 = 6, UINT64 = 8, PTR = 10, BOOL8 = 11, SIZET = 12 };
enum { WIDTH = 0x100, HEIGHT = 0x104, PIXELS = 0x108, MODE = 0x10c, SELECTOR = 0x110,
       TRIGGER = 0x114, SOURCE = 0x118, FIRE = 0x11c, EXPOSURE = 0x120, RATE = 0x124,
       START = 0x128, STOP = 0x12c, LOCKED = 0x130, PAYLOAD = 0x134, END = 0x200, XML = 0x10000, MODULE = 0x100000 };
#define TL ((H)1)
#define IF ((H)2)
#define DEV ((H)3)
#define REMOTE ((H)4)
#define DS ((H)5)
#define EV ((H)6)
#define BUFFERS 64
#define SIDE 20

typedef struct { char *data; size_t size; void *user; int own, queued, filled, broken;
                 uint64_t id, stamp; int width, height; } Buffer;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t came = PTHREAD_COND_INITIALIZER;
static unsigned char registers[END];
static char *xml; static size_t xml_size;
static const char module[] = /* of everything but the camera: nothing to set */
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<RegisterDescription ModelName=\"Module\" VendorName=\"Station\""
    " StandardNameSpace=\"None\" SchemaMajorVersion=\"1\" SchemaMinorVersion=\"1\" SchemaSubMinorVersion=\"0\""
    " MajorVersion=\"1\" MinorVersion=\"0\" SubMinorVersion=\"0\" ToolTip=\"\""
    " ProductGuid=\"7f2f4f0e-5a40-4f2e-9d0b-0c4b1a5f7a03\" VersionGuid=\"7f2f4f0e-5a40-4f2e-9d0b-0c4b1a5f7a04\""
    " xmlns=\"http://www.genicam.org/GenApi/Version_1_1\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n"
    "<Category Name=\"Root\"/><Port Name=\"Device\"/></RegisterDescription>\n";
static Buffer buffers[BUFFERS]; static int announced;
static Buffer *due[BUFFERS]; static int due_count;
static int initialised, held = -1, running, killed, fire;
static uint64_t frame_id;
static pthread_t thread;

static const char *path(const char *name) {
    static __thread char text[4096];
    snprintf(text, sizeof text, "%s/%s", getenv("GENTL_PEER") ? getenv("GENTL_PEER") : ".", name);
    return text;
}
static int is(const char *name) { return access(path(name), F_OK) == 0; }
static int once(const char *name) { return unlink(path(name)) == 0; }
static E there(void) { while (is("hang")) usleep(10000); return is("gone") ? IO : OK; }
static uint32_t reg(int at) { uint32_t v; memcpy(&v, registers + at, 4); return v; }
static void set(int at, uint32_t v) { memcpy(registers + at, &v, 4); }
static float number(int at) { float v; memcpy(&v, registers + at, 4); return v; }
static uint64_t ns(clockid_t which) {
    struct timespec t; clock_gettime(which, &t); return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static E put(int32_t *type, int32_t is_type, void *to, size_t *size, const void *from, size_t n) {
    if (type) *type = is_type;
    if (!to) { *size = n; return OK; }
    if (*size < n) return TOO_SMALL;
    memcpy(to, from, n); *size = n;
    return OK;
}
static E put_text(int32_t *t, void *to, size_t *s, const char *v) { return put(t, STRING, to, s, v, strlen(v) + 1); }
static E put_u64(int32_t *t, void *to, size_t *s, uint64_t v) { return put(t, UINT64, to, s, &v, 8); }
static E put_size(int32_t *t, void *to, size_t *s, size_t v) { return put(t, SIZET, to, s, &v, sizeof v); }
static E put_i32(int32_t *t, void *to, size_t *s, int32_t v) { return put(t, INT32, to, s, &v, 4); }
static E put_u32(int32_t *t, void *to, size_t *s, uint32_t v) { return put(t, UINT32, to, s, &v, 4); }
static E put_bool(int32_t *t, void *to, size_t *s, int v) { uint8_t b = v != 0; return put(t, BOOL8, to, s, &b, 1); }

/* ── the camera ─────────────────────────────────────────────────────────────────────────────── */

static void draw(Buffer *b) {
    uint32_t ms = (uint32_t)(ns(CLOCK_REALTIME) / 1000000);
    b->width = reg(WIDTH); b->height = reg(HEIGHT);
    memset(b->data, 150, (size_t)b->width * b->height);
    for (int y = 0; y < 2 * SIDE && y < b->height; y++)
        for (int x = 0; x < 16 * SIDE && x < b->width; x++)
            b->data[y * b->width + x] = (ms >> (y / SIDE * 16 + x / SIDE) & 1) ? 255 : 0;
}
static void take(void) {
    uint64_t stamp = ns(CLOCK_MONOTONIC) + 12345678901ull; /* a clock of its own */
    usleep((useconds_t)number(EXPOSURE));
    pthread_mutex_lock(&lock);
    frame_id++;
    Buffer *b = NULL;
    for (int i = 0; i < announced && !b; i++) if (buffers[i].queued) b = &buffers[i];
    if (b && !once("skip")) {
        draw(b);
        b->queued = 0; b->filled = 1; b->id = frame_id; b->stamp = stamp; b->broken = once("broken");
        due[due_count++] = b;
        pthread_cond_broadcast(&came);
    }
    pthread_mutex_unlock(&lock);
}
static void *camera(void *nothing) {
    uint64_t next = ns(CLOCK_MONOTONIC);
    while (running) {
        usleep(500);
        if (is("gone") || is("hang")) continue;
        int wanted = 0;
        if (!reg(TRIGGER)) {
            if ((wanted = ns(CLOCK_MONOTONIC) >= next)) next += (uint64_t)(1e9 / number(RATE));
        } else if (reg(SOURCE) == 0) {
            wanted = __sync_lock_test_and_set(&fire, 0);
        } else {
            wanted = once("pulse");
        }
        if (wanted) take();
    }
    return nothing;
}

/* ── library, port, events ──────────────────────────────────────────────────────────────────── */

E GCInitLib(void) {
    if (initialised) return IN_USE;
    FILE *file = fopen(path("camera.xml"), "rb");
    if (!file) return IO;
    fseek(file, 0, SEEK_END); xml_size = ftell(file); rewind(file);
    xml = malloc(xml_size);
    if (fread(xml, 1, xml_size, file) != xml_size) return IO;
    fclose(file);
    memset(registers, 0, sizeof registers);
    float exposure = 2000, rate = 25;
    set(0, 0x00010002); set(WIDTH, 320); set(HEIGHT, 240); set(PIXELS, 0x01080001);
    memcpy(registers + EXPOSURE, &exposure, 4); memcpy(registers + RATE, &rate, 4);
    initialised = 1;
    return OK;
}
E GCCloseLib(void) { if (!initialised) return NOT_INIT; initialised = 0; free(xml); return OK; }
E GCGetLastError(E *code, char *text, size_t *size) { *code = OK; return put_text(NULL, text, size, "the peer says so"); }
static E tl_info(int32_t cmd, int32_t *t, void *to, size_t *s) {
    switch (cmd) {
    case 0: case 5: return put_text(t, to, s, "peer.cti");
    case 1: return put_text(t, to, s, "Station");
    case 2: case 7: return put_text(t, to, s, "Peer");
    case 3: return put_text(t, to, s, "1.0");
    case 4: return put_text(t, to, s, "Custom");
    case 6: return put_text(t, to, s, "/peer.cti");
    case 8: return put_i32(t, to, s, 1);
    case 9: return put_u32(t, to, s, 1);
    case 10: return put_u32(t, to, s, 5);
    }
    return NOT_AVAILABLE;
}
E GCGetInfo(int32_t cmd, int32_t *t, void *to, size_t *s) { return tl_info(cmd, t, to, s); }
E TLGetInfo(H h, int32_t cmd, int32_t *t, void *to, size_t *s) { return tl_info(cmd, t, to, s); }
static E text_at(const char *text, size_t length, uint64_t from, void *to, size_t size) {
    size_t have = from < length ? length - from : 0;
    memset(to, 0, size); memcpy(to, text + from, have < size ? have : size);
    return OK;
}
E GCReadPort(H port, uint64_t at, void *to, size_t *size) {
    if (at >= MODULE) return text_at(module, sizeof module - 1, at - MODULE, to, *size);
    if (port != REMOTE) return NOT_AVAILABLE;
    if (at >= XML) return text_at(xml, xml_size, at - XML, to, *size);
    E error = there();
    if (error) return error;
    if (at + *size > END) return BAD_ADDRESS;
    set(PAYLOAD, reg(WIDTH) * reg(HEIGHT));
    memcpy(to, registers + at, *size);
    return OK;
}
E GCWritePort(H port, uint64_t at, const void *from, size_t *size) {
    if (port != REMOTE) return NOT_AVAILABLE;
    E error = there();
    if (error) return error;
    if (at + *size > END) return BAD_ADDRESS;
    if (at == FIRE) __sync_lock_test_and_set(&fire, 1); else memcpy(registers + at, from, *size);
    return OK;
}
typedef struct { uint64_t at; void *data; size_t size; } Entry;
E GCReadPortStacked(H p, Entry *e, size_t *n) { for (size_t i = 0; i < *n; i++) { E x = GCReadPort(p, e[i].at, e[i].data, &e[i].size); if (x) { *n = i; return x; } } return OK; }
E GCWritePortStacked(H p, Entry *e, size_t *n) { for (size_t i = 0; i < *n; i++) { E x = GCWritePort(p, e[i].at, e[i].data, &e[i].size); if (x) { *n = i; return x; } } return OK; }
static const char *url(H port) {
    static __thread char text[64];
    if (port == REMOTE) snprintf(text, sizeof text, "Local:camera.xml;%x;%zx", XML, xml_size);
    else snprintf(text, sizeof text, "Local:module.xml;%x;%zx", MODULE, sizeof module - 1);
    return text;
}
E GCGetPortURL(H port, char *to, size_t *s) { return put_text(NULL, to, s, url(port)); }
E GCGetNumPortURLs(H port, uint32_t *n) { *n = 1; return OK; }
E GCGetPortURLInfo(H port, uint32_t i, int32_t cmd, int32_t *t, void *to, size_t *s) {
    if (i) return BAD_INDEX;
    switch (cmd) {
    case 0: return put_text(t, to, s, url(port));
    case 1: case 2: case 3: return put_i32(t, to, s, 1);
    case 4: case 5: return put_i32(t, to, s, 0);
    case 7: return put_u64(t, to, s, port == REMOTE ? XML : MODULE);
    case 8: return put_u64(t, to, s, port == REMOTE ? xml_size : sizeof module - 1);
    case 9: return put_i32(t, to, s, 0);
    case 10: return put_text(t, to, s, port == REMOTE ? "camera.xml" : "module.xml");
    }
    return NOT_AVAILABLE;
}
E GCGetPortInfo(H port, int32_t cmd, int32_t *t, void *to, size_t *s) {
    const char *name = port == TL ? "TLSystem" : port == IF ? "TLInterface" : port == DEV ? "TLDevice" : port == DS ? "TLDataStream" : "Device";
    switch (cmd) {
    case 0: return put_text(t, to, s, name);
    case 1: return put_text(t, to, s, "Station");
    case 2: return put_text(t, to, s, "Peer");
    case 3: return put_text(t, to, s, "Custom");
    case 4: return put_text(t, to, s, port == REMOTE ? "TLRemoteDevice" : name);
    case 12: return put_text(t, to, s, "Device");
    case 5: case 7: case 8: return put_bool(t, to, s, 1);
    case 6: case 9: case 10: return put_bool(t, to, s, 0);
    case 11: return put_text(t, to, s, "1.0.0");
    }
    return NOT_AVAILABLE;
}
E GCRegisterEvent(H source, int32_t type, H *event) { if (type != 1 || source != DS) return NOT_IMPLEMENTED; killed = 0; *event = EV; return OK; }
E GCUnregisterEvent(H source, int32_t type) { return OK; }
E EventGetData(H event, void *to, size_t *size, uint64_t timeout) {
    struct timespec until; clock_gettime(CLOCK_REALTIME, &until);
    uint64_t at = until.tv_nsec + timeout % 1000 * 1000000;
    until.tv_sec += (timeout > 3600000 ? 3600 : timeout / 1000) + at / 1000000000; until.tv_nsec = at % 1000000000;
    E error = OK;
    pthread_mutex_lock(&lock);
    while (!due_count && !killed && !error) error = pthread_cond_timedwait(&came, &lock, &until) ? TIMEOUT : OK;
    if (killed) { killed = 0; error = ABORT; }
    else if (due_count) {
        void *data[2] = { due[0], due[0]->user };
        memmove(due, due + 1, --due_count * sizeof *due);
        error = put(NULL, 0, to, size, data, sizeof data);
    }
    pthread_mutex_unlock(&lock);
    return error;
}
E EventGetDataInfo(H e, const void *in, size_t n, int32_t cmd, int32_t *t, void *to, size_t *s) {
    void *const *data = in;
    if (cmd == 0) return put(t, PTR, to, s, &data[0], sizeof(void *));
    if (cmd == 1) return put(t, PTR, to, s, &data[1], sizeof(void *));
    return NOT_AVAILABLE;
}
E EventGetInfo(H e, int32_t cmd, int32_t *t, void *to, size_t *s) {
    switch (cmd) {
    case 0: return put_i32(t, to, s, 1);
    case 1: return put_size(t, to, s, due_count);
    case 2: return put_u64(t, to, s, frame_id);
    case 3: case 4: return put_size(t, to, s, 2 * sizeof(void *));
    }
    return NOT_AVAILABLE;
}
E EventFlush(H e) { pthread_mutex_lock(&lock); due_count = 0; pthread_mutex_unlock(&lock); return OK; }
E EventKill(H e) { pthread_mutex_lock(&lock); killed = 1; pthread_cond_broadcast(&came); pthread_mutex_unlock(&lock); return OK; }

/* ── system, interface, device ──────────────────────────────────────────────────────────────── */

E TLOpen(H *h) { *h = TL; return initialised ? OK : NOT_INIT; }
E TLClose(H h) { return OK; }
E TLGetNumInterfaces(H h, uint32_t *n) { *n = 1; return OK; }
E TLGetInterfaceID(H h, uint32_t i, char *to, size_t *s) { return i ? BAD_INDEX : put_text(NULL, to, s, "wire"); }
static E if_info(int32_t cmd, int32_t *t, void *to, size_t *s) { return cmd > 2 ? NOT_AVAILABLE : put_text(t, to, s, cmd == 2 ? "Custom" : "wire"); }
E TLGetInterfaceInfo(H h, const char *id, int32_t cmd, int32_t *t, void *to, size_t *s) { return if_info(cmd, t, to, s); }
E TLOpenInterface(H h, const char *id, H *out) { *out = IF; return strcmp(id, "wire") ? BAD_ID : OK; }
E TLUpdateInterfaceList(H h, uint8_t *changed, uint64_t timeout) { if (changed) *changed = 1; return OK; }
E IFClose(H h) { return OK; }
E IFGetInfo(H h, int32_t cmd, int32_t *t, void *to, size_t *s) { return if_info(cmd, t, to, s); }
E IFGetParentTL(H h, H *out) { *out = TL; return OK; }
E IFGetNumDevices(H h, uint32_t *n) { *n = !is("gone"); return OK; }
E IFGetDeviceID(H h, uint32_t i, char *to, size_t *s) { return i ? BAD_INDEX : put_text(NULL, to, s, "PEER-SN7"); }
E IFUpdateDeviceList(H h, uint8_t *changed, uint64_t timeout) { if (changed) *changed = 1; return OK; }
static int busy(void) {
    if (held >= 0) return 0;
    int file = open(path("lock"), O_CREAT | O_RDWR, 0600);
    int taken = flock(file, LOCK_EX | LOCK_NB);
    close(file);
    return taken != 0;
}
static E dev_info(int32_t cmd, int32_t *t, void *to, size_t *s) {
    switch (cmd) {
    case 0: return put_text(t, to, s, "PEER-SN7");
    case 1: return put_text(t, to, s, "Station");
    case 2: case 4: return put_text(t, to, s, "Peer");
    case 3: return put_text(t, to, s, "Custom");
    case 5: return put_i32(t, to, s, busy() ? 4 : held >= 0 ? 5 : 1);
    case 6: return put_text(t, to, s, "gate 4");
    case 7: return put_text(t, to, s, "SN7");
    case 8: return put_text(t, to, s, "1.0");
    case 9: return put_u64(t, to, s, 1000000000);
    }
    return NOT_AVAILABLE;
}
E IFGetDeviceInfo(H h, const char *id, int32_t cmd, int32_t *t, void *to, size_t *s) { return dev_info(cmd, t, to, s); }
E DevGetInfo(H h, int32_t cmd, int32_t *t, void *to, size_t *s) { return dev_info(cmd, t, to, s); }
E IFOpenDevice(H h, const char *id, int32_t access, H *out) {
    if (strcmp(id, "PEER-SN7")) return BAD_ID;
    if (there()) return IO;
    int file = open(path("lock"), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (held >= 0 || flock(file, LOCK_EX | LOCK_NB)) { close(file); return IN_USE; }
    held = file; *out = DEV;
    return OK;
}
E DevClose(H h) { if (held >= 0) close(held); held = -1; return OK; }
E DevGetParentIF(H h, H *out) { *out = IF; return OK; }
E DevGetPort(H h, H *out) { *out = REMOTE; return OK; }
E DevGetNumDataStreams(H h, uint32_t *n) { *n = 1; return OK; }
E DevGetDataStreamID(H h, uint32_t i, char *to, size_t *s) { return i ? BAD_INDEX : put_text(NULL, to, s, "stream"); }
E DevOpenDataStream(H h, const char *id, H *out) { *out = DS; return OK; }

/* ── stream ─────────────────────────────────────────────────────────────────────────────────── */

E DSClose(H h) { return OK; }
E DSGetParentDev(H h, H *out) { *out = DEV; return OK; }
static E announce(void *data, size_t size, void *user, int own, H *out) {
    if (announced == BUFFERS) return IN_USE;
    Buffer *b = &buffers[announced++];
    *b = (Buffer){ .data = data, .size = size, .user = user, .own = own };
    *out = b;
    return OK;
}
E DSAnnounceBuffer(H h, void *data, size_t size, void *user, H *out) { return announce(data, size, user, 0, out); }
E DSAllocAndAnnounceBuffer(H h, size_t size, void *user, H *out) { return announce(malloc(size), size, user, 1, out); }
E DSRevokeBuffer(H h, H buffer, void **data, void **user) {
    Buffer *b = buffer;
    if (data) *data = b->own ? NULL : b->data;
    if (user) *user = b->user;
    if (b->own) free(b->data);
    b->queued = b->filled = 0;
    int left = 0;
    b->data = NULL;
    for (int i = 0; i < announced; i++) left += buffers[i].data != NULL;
    if (!left) announced = 0;
    return OK;
}
E DSQueueBuffer(H h, H buffer) { pthread_mutex_lock(&lock); ((Buffer *)buffer)->queued = 1; ((Buffer *)buffer)->filled = 0; pthread_mutex_unlock(&lock); return OK; }
E DSFlushQueue(H h, int32_t what) {
    pthread_mutex_lock(&lock);
    due_count = 0;
    for (int i = 0; i < announced; i++) buffers[i].queued = what == 2 || what == 3;
    pthread_mutex_unlock(&lock);
    return OK;
}
E DSStartAcquisition(H h, int32_t flags, uint64_t count) {
    if (there()) return IO;
    frame_id = 0; fire = 0; running = 1;
    return pthread_create(&thread, NULL, camera, NULL) ? IO : OK;
}
E DSStopAcquisition(H h, int32_t flags) { if (running) { running = 0; pthread_join(thread, NULL); } return OK; }
E DSGetInfo(H h, int32_t cmd, int32_t *t, void *to, size_t *s) {
    switch (cmd) {
    case 0: return put_text(t, to, s, "stream");
    case 1: case 6: return put_u64(t, to, s, frame_id);
    case 2: return put_u64(t, to, s, 0);
    case 3: return put_size(t, to, s, announced);
    case 4: return put_size(t, to, s, announced - due_count);
    case 5: return put_size(t, to, s, due_count);
    case 7: return put_size(t, to, s, (size_t)reg(WIDTH) * reg(HEIGHT));
    case 8: return put_bool(t, to, s, running);
    case 9: return put_bool(t, to, s, 1);
    case 10: return put_text(t, to, s, "Custom");
    case 12: return put_size(t, to, s, 2);
    case 13: return put_size(t, to, s, 1);
    }
    return NOT_AVAILABLE;
}
E DSGetBufferID(H h, uint32_t i, H *out) { if ((int)i >= announced) return BAD_INDEX; *out = &buffers[i]; return OK; }
E DSGetBufferInfo(H h, H buffer, int32_t cmd, int32_t *t, void *to, size_t *s) {
    Buffer *b = buffer;
    size_t size = (size_t)b->width * b->height;
    switch (cmd) {
    case 0: return put(t, PTR, to, s, &b->data, sizeof(void *));
    case 1: return put_size(t, to, s, b->size);
    case 2: return put(t, PTR, to, s, &b->user, sizeof(void *));
    case 3: case 28: return put_u64(t, to, s, b->stamp);
    case 4: return put_bool(t, to, s, b->filled);
    case 5: return put_bool(t, to, s, b->queued);
    case 6: case 29: case 30: case 31: return put_bool(t, to, s, 0);
    case 7: return put_bool(t, to, s, b->broken);
    case 8: return put_text(t, to, s, "Custom");
    case 9: case 27: return put_size(t, to, s, b->broken ? size / 2 : size);
    case 10: return put_size(t, to, s, b->width);
    case 11: case 22: return put_size(t, to, s, b->height);
    case 12: case 13: case 14: case 15: case 18: case 23: return put_size(t, to, s, 0);
    case 16: return put_u64(t, to, s, b->id);
    case 17: return put_bool(t, to, s, 1);
    case 19: return put_size(t, to, s, 1);
    case 20: return put_u64(t, to, s, 0x01080001);
    case 21: return put_u64(t, to, s, 4);
    case 26: return put_i32(t, to, s, 1);
    }
    return NOT_AVAILABLE;
}
E DSGetNumBufferParts(H h, H b, uint32_t *n) { *n = 0; return NOT_AVAILABLE; }
E DSGetBufferPartInfo(H h, H b, uint32_t i, int32_t cmd, int32_t *t, void *to, size_t *s) { return NOT_AVAILABLE; }
E DSGetBufferChunkData(H h, H b, void *to, size_t *n) { *n = 0; return NOT_AVAILABLE; }
E DSAnnounceCompositeBuffer(void) { return NOT_IMPLEMENTED; }
E DSGetBufferSegmentInfo(void) { return NOT_IMPLEMENTED; }
E DSGetNumBufferSegments(void) { return NOT_IMPLEMENTED; }
E DSGetFlowInfo(void) { return NOT_IMPLEMENTED; }
E DSGetNumFlows(void) { return NOT_IMPLEMENTED; }
E DSGetBufferInfoStacked(void) { return NOT_IMPLEMENTED; }
E DSGetBufferPartInfoStacked(void) { return NOT_IMPLEMENTED; }
