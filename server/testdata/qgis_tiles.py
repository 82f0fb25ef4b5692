"""Loads a tile layer with its style into QGIS and draws it.

Usage: qgis_tiles.py SERVER COLLECTION WEST,SOUTH,EAST,NORTH IMAGE.png

Prints as JSON whether the layer is valid, what is wrong with the style, how many
layers it has, and how many pixels have which colour.
"""

import json
import sys
from urllib.parse import quote

from qgis.core import (
    QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsMapRendererSequentialJob,
    QgsMapSettings, QgsProject, QgsRectangle, QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

COLOURS = {"battle": "#0072b2", "explosion": "#d55e00", "riot": "#e69f00", "place": "#0072b2"}
NEAR = 40  # what opacity and smoothing change of a colour


def close(colour, other):
    return max(abs(colour.red() - other.red()), abs(colour.green() - other.green()), abs(colour.blue() - other.blue())) < NEAR


def main():
    server, collection, extent, image = sys.argv[1:]
    app = QgsApplication([], False)
    app.initQgis()
    tiles = f"{server}/tiles/{collection}/{{z}}/{{x}}/{{y}}.mvt"
    style = f"{server}/tiles/{collection}.style.json?labels=yes"
    layer = QgsVectorTileLayer(f"type=xyz&url={quote(tiles, safe=':/')}&zmin=0&zmax=14&styleUrl={quote(style, safe=':/')}", collection)
    error, _ = layer.loadDefaultStyle()
    QgsProject.instance().addMapLayer(layer)

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
    drawn = job.renderedImage()
    drawn.save(image)

    pixels = dict.fromkeys([*COLOURS, "area"], 0)
    for x in range(drawn.width()):
        for y in range(drawn.height()):
            colour = drawn.pixelColor(x, y)
            for name, wanted in COLOURS.items():
                pixels[name] += close(colour, QColor(wanted))
            pixels["area"] += colour == QColor("#f9e7d9")  # explosions, 15 % opaque
    print(json.dumps({"valid": layer.isValid(), "style": error, "layers": len(layer.renderer().styles()), "pixels": pixels}))


main()
