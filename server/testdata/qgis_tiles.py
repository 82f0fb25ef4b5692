"""Loads tile layers with their styles into QGIS and draws them.

Usage: qgis_tiles.py SERVER FOLDER COLLECTION=WEST,SOUTH,EAST,NORTH...

Writes COLLECTION.png into the folder, and a line of JSON for each layer: whether
it is valid, what is wrong with the style, how many layers that has, and how many
pixels have which colour.
"""

import json
import sys
from collections import Counter
from urllib.parse import quote

from qgis.core import (
    QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsMapRendererSequentialJob,
    QgsMapSettings, QgsProject, QgsRectangle, QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

COLOURS = {"battle": 0x0072B2, "explosion": 0xD55E00, "riot": 0xE69F00, "place": 0x0072B2}
AREA = 0xF9E7D9  # explosions, 15 % opaque
NEAR = 40  # what opacity and smoothing change of a colour


def close(a, b):
    return all(abs((a >> shift & 255) - (b >> shift & 255)) < NEAR for shift in (0, 8, 16))


def draw(layer, extent):
    mercator = QgsCoordinateReferenceSystem("EPSG:3857")
    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), mercator, QgsProject.instance())
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(600, 400))
    settings.setBackgroundColor(QColor("white"))
    settings.setDestinationCrs(mercator)
    settings.setExtent(transform.transformBoundingBox(QgsRectangle(*map(float, extent.split(",")))))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage().convertToFormat(QImage.Format_RGB32)


def count(image):
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    pixels = dict.fromkeys([*COLOURS, "area"], 0)
    for argb, n in Counter(memoryview(bits).cast("I")).items():
        for name, wanted in COLOURS.items():
            pixels[name] += n * close(argb, wanted)
        pixels["area"] += n * (argb & 0xFFFFFF == AREA)
    return pixels


def main():
    server, folder, *collections = sys.argv[1:]
    app = QgsApplication([], False)
    app.initQgis()
    for argument in collections:
        collection, extent = argument.split("=")
        tiles = f"{server}/tiles/{collection}/{{z}}/{{x}}/{{y}}.mvt"
        style = f"{server}/tiles/{collection}.style.json?labels=yes"
        source = f"type=xyz&url={quote(tiles, safe=':/')}&zmin=0&zmax=14&styleUrl={quote(style, safe=':/')}"
        layer = QgsVectorTileLayer(source, collection)
        error, _ = layer.loadDefaultStyle()
        QgsProject.instance().addMapLayer(layer)
        image = draw(layer, extent)
        image.save(f"{folder}/{collection}.png")
        styles = len(layer.renderer().styles())
        print(json.dumps({"valid": layer.isValid(), "style": error, "layers": styles, "pixels": count(image)}))


main()
