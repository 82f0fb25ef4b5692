package server

import "github.com/gofiber/fiber/v2"

func (s *Server) qgisRoutes(*fiber.App) {}
